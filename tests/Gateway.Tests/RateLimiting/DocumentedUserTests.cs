using Eventicat.Accounts;
using Eventicat.Gateway.RateLimiting;
using Eventicat.Gateway.Tests.Hosting;
using Eventicat.Gateway.Tests.Usage.Storing;
using Eventicat.Gateway.Usage.Storing;
using Eventicat.Gateway.Usage.Storing.Redis;
using Eventicat.Redis;
using Eventicat.TestSupport;
using Eventicat.TestSupport.Http;
using Eventicat.TestSupport.Redis;

namespace Eventicat.Gateway.Tests.RateLimiting;

/// <summary>Limits with the gateway's user as it is documented.</summary>
public sealed class DocumentedUserLimiterTests(RedisFixture redis) : AccountRateLimiterContract, IAsyncDisposable
{
    private readonly string _prefix = RedisFixture.UniquePrefix();
    private readonly List<RedisLimiters> _gateways = [];

    private protected override AccountRateLimiter Create(AccountLimit limit)
    {
        _gateways.Add(new RedisLimiters(redis.ConnectionAs("eventicat-gateway", _prefix), _prefix));
        return _gateways[^1].Create(limit);
    }

    protected override Task PassAsync(TimeSpan time)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        return Eventually.HoldsAsync(
            () => Task.FromResult(TimeProvider.System.GetElapsedTime(startedAt) > time), time + TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var gateway in _gateways)
        {
            await gateway.DisposeAsync();
        }
    }
}

/// <summary>Usage counts with that user.</summary>
public sealed class DocumentedUserUsageTests : UsageStoreContract, IAsyncDisposable
{
    private readonly RedisConnection _connection;
    private readonly RedisUsageStore _store;

    public DocumentedUserUsageTests(RedisFixture redis)
    {
        var prefix = RedisFixture.UniquePrefix();
        _connection = new RedisConnection(new RedisOptions { Connection = redis.ConnectionAs("eventicat-gateway", prefix), Prefix = prefix });
        _store = new RedisUsageStore(_connection, Time);
    }

    private protected override IUsageStore Store => _store;

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}

/// <summary>A whole gateway with that user.</summary>
public sealed class DocumentedUserTests(RedisFixture redis) : IAsyncLifetime
{
    private readonly RawBackend _backend = new();
    private readonly string _prefix = RedisFixture.UniquePrefix();

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _backend.DisposeAsync();

    [Fact]
    public async Task Gateway_WithItsOwnUser_IsReadySharesLimitsAndTellsUsage()
    {
        await using var administrator = await StartAsync(redis.Connection);
        var key = await administrator.WithAccountAsync("acme", ["agg_1"], new AccountLimit(3, TimeSpan.FromMinutes(5)));
        await using var gateway = await StartAsync(redis.ConnectionAs("eventicat-gateway", _prefix));

        var statuses = new List<int>();
        for (var i = 0; i < 4; i++)
        {
            using var response = await gateway.GetAsync("/api/event?_id=agg_1", key);
            statuses.Add((int)response.StatusCode);
        }

        Assert.Equal([200, 200, 200, 429], statuses);
        var readiness = await GetAsync(gateway, "/health/ready");
        Assert.StartsWith("""{"status":"ready",""", readiness, StringComparison.Ordinal);
        Assert.Contains("\"rateLimit\":\"shared\"", readiness, StringComparison.Ordinal);
        await Eventually.TrueAsync(async () => (await GetAsync(gateway, "/usage/acme")).Contains("\"limited\":1", StringComparison.Ordinal));
        Assert.DoesNotContain("Redis is of no use", gateway.Log.ToString(), StringComparison.Ordinal);
    }

    private static async Task<string> GetAsync(GatewayHost gateway, string path) =>
        await gateway.Management.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    private Task<GatewayHost> StartAsync(string connection) => GatewayHost.StartAsync(
        _backend.Url, ("Accounts:File", ""), ("Redis:Connection", connection), ("Redis:Prefix", _prefix), ("RateLimit:Deadline", "00:00:05"));
}
