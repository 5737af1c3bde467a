using Eventicat.Bench.Compare.Load;

namespace Eventicat.Bench.Compare.Results;

/// <param name="Load">What the clients saw.</param>
/// <param name="CpuPerRequest">CPU time per completed request, process by process.</param>
internal sealed record Slice(LoadResult Load, TimeSpan[] CpuPerRequest)
{
    /// <value>Of all the target's processes, in microseconds.</value>
    public double Cpu => CpuPerRequest.Sum(cpu => cpu.TotalMicroseconds);
}
