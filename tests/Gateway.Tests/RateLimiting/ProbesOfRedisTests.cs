using System.Globalization;
using Eventicat.Accounts;
using Eventicat.Gateway.Tests.Hosting;
using Eventicat.TestSupport;
using Eventicat.TestSupport.Http;
using Eventicat.TestSupport.Redis;
using StackExchange.Redis;

namespace Eventicat.Gateway.Tests.RateLimiting;

/// <summary>Gateways try Redis out when they start, every second, and whenever they dial it. No account notices, whatever its id.</summary>
public sealed class ProbesOfRedisTests : IAsyncLifetime
{
    private static readonly AccountLimit Limit = new(3, TimeSpan.FromHours(1));

    private readonly RawBackend _backend = new();
    private RedisServer _redis = null!;

    public async ValueTask InitializeAsync() => _redis = await RedisServer.StartProcessAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _redis.DisposeAsync();
        await _backend.DisposeAsync();
    }

    [Fact]
    public async Task Accounts_NamedLikeAnything_KeepTheirLimits()
    {
        await using var gateway = await StartAsync();
        string[] names = ["readiness", "warm-up", "warmup", "probe", "check", "nobody", "health", "eventicat", "accounts", "control", "limit"];
        var keys = new Dictionary<string, ApiKey>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            keys[name] = await gateway.WithAccountAsync(name, [$"agg_{name}"], Limit);
            for (var i = 0; i < Limit.Permits; i++)
            {
                Assert.Equal(200, await StatusAsync(gateway, name, keys[name]));
            }
        }

        // Every second at least one; old enough for a window of a second to be over.
        var tried = await CountScriptsAsync();
        await Eventually.TrueAsync(async () => await CountScriptsAsync() >= tried + 12);
        await using var another = await StartAsync();

        foreach (var name in names)
        {
            Assert.Equal((name, 429), (name, await StatusAsync(another, name, keys[name])));
            Assert.Equal((name, 3), (name, (long)await _redis.ExecuteAsync($"LLEN eventicat:limit:{{{name}}}")));
        }
    }

    [Fact]
    public async Task Probes_WriteNothing()
    {
        await using var gateway = await StartAsync();
        var tried = await CountScriptsAsync();
        await Eventually.TrueAsync(async () => await CountScriptsAsync() >= tried + 6);

        Assert.Empty((RedisKey[])(await _redis.ExecuteAsync("KEYS *limit*"))!);
        Assert.Empty((RedisKey[])(await _redis.ExecuteAsync("KEYS *nobody*"))!);
        Assert.Empty((RedisKey[])(await _redis.ExecuteAsync("KEYS *check*"))!);
    }

    private Task<GatewayHost> StartAsync() => GatewayHost.StartAsync(_backend.Url, ("Accounts:File", ""), ("Redis:Connection", _redis.Connection));

    private static async Task<int> StatusAsync(GatewayHost gateway, string account, ApiKey key)
    {
        using var response = await gateway.GetAsync($"/api/event?_id=agg_{account}", key);
        return (int)response.StatusCode;
    }

    private async Task<int> CountScriptsAsync() => Calls().Matches((string)(await _redis.ExecuteAsync("INFO commandstats"))!)
        .Sum(static match => int.Parse(match.Groups["calls"].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex("cmdstat_eval(?:sha)?:calls=(?<calls>[0-9]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Calls();
}
