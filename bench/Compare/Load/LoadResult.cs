using Eventicat.Bench.Compare.Results;

namespace Eventicat.Bench.Compare.Load;

/// <summary>What the clients saw in one slice.</summary>
internal sealed class LoadResult
{
    public LoadResult(IEnumerable<TimeSpan> latencies, TimeSpan elapsed)
    {
        var sorted = latencies.Select(latency => latency.TotalMilliseconds).Order().ToArray();
        Requests = sorted.Length;
        PerSecond = sorted.Length / elapsed.TotalSeconds;
        Median = Quantiles.Of(sorted, 0.5);
        Percentile99 = Quantiles.Of(sorted, 0.99);
    }

    public int Requests { get; }

    public double PerSecond { get; }

    /// <value>Milliseconds.</value>
    public double Median { get; }

    /// <value>Milliseconds.</value>
    public double Percentile99 { get; }
}
