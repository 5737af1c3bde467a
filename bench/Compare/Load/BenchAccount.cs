using System.Globalization;
using Eventicat.Accounts;

namespace Eventicat.Bench.Compare.Load;

/// <summary>An account that exists for one run, and its key.</summary>
internal sealed class BenchAccount(int number)
{
    private readonly ApiKey _key = ApiKey.Generate(out _);

    public string Id { get; } = string.Create(CultureInfo.InvariantCulture, $"bench-{number:000}");

    public string Aggregator { get; } = string.Create(CultureInfo.InvariantCulture, $"agg_bench_{number:000}");

    public string Key => _key.Reveal();

    /// <value>As <c>eventicat import</c> takes it. The limit is the highest there is, so that nothing is refused.</value>
    public object Document => new
    {
        id = Id,
        limit = new { permits = AccountLimit.MaxPermits, window = "00:01:00" },
        keys = new[] { new { id = "bench", sha256 = _key.Digest.ToString(), created = "2026-01-01T00:00:00Z" } },
        aggregators = new[] { new { id = Aggregator } },
    };
}
