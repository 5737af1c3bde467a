using System.Globalization;
using System.Text.Json;
using Eventicat.Accounts;
using Eventicat.Control.AccountStorage.Redis;
using Eventicat.Gateway.Tests.Hosting;
using Eventicat.Redis;
using Eventicat.TestSupport;
using Eventicat.TestSupport.Http;
using Eventicat.TestSupport.Redis;

namespace Eventicat.Gateway.Tests.RateLimiting;

/// <summary>Redis answers PING, and is the wrong one, or does not do what is needed: readiness says so, and the gateway heals by itself.</summary>
public sealed class RedisOfNoUseTests : IAsyncLifetime
{
    private static readonly AccountLimit Limit = new(1000, TimeSpan.FromMinutes(5));

    private readonly RawBackend _backend = new();
    private RedisServer _redis = null!;
    private RedisServer _other = null!;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServer.StartProcessAsync(Token);
        _other = await RedisServer.StartProcessAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _redis.DisposeAsync();
        await _other.DisposeAsync();
        await _backend.DisposeAsync();
    }

    [Fact]
    public async Task Address_LeadsToAnotherPrimaryWhileTheOldOneKeepsItsConnections_IsDialledAgain()
    {
        await FollowAsync(_other, _redis);
        await using var address = new MovingAddress(_redis);
        await using var gateway = await StartAsync(address.Connection, ("Accounts:MaxStaleness", "00:00:30"));
        var key = await gateway.WithAccountAsync("acme", ["agg_1"], Limit);
        Assert.Equal(200, await StatusAsync(gateway, key));
        await Eventually.TrueAsync(async () => await CountPermitsAsync(_other) == 1);

        await _other.ExecuteAsync("REPLICAOF NO ONE");
        await _redis.ExecuteAsync($"REPLICAOF 127.0.0.1 {_other.Port}");
        address.MoveTo(_other);

        // Its permits are granted by the new primary again, and no request fails on the way there.
        await Eventually.TrueAsync(async () =>
        {
            Assert.Equal(200, await StatusAsync(gateway, key));
            return await CountPermitsAsync(_other) > 1;
        });
        await Eventually.TrueAsync(async () => (await ReadinessAsync(gateway)).Status == "ready");
        await gateway.ChangeAsync("acme", account => account! with { Disabled = true });
        Assert.Equal(401, await StatusAsync(gateway, key));
        await gateway.StopAsync();
        Assert.Equal(1, Occurrences(gateway, "The connection to Redis was of no use"));
    }

    [Fact]
    public async Task Address_LeadsToAnotherPrimaryWhileTheOldOneStaysOne_IsFollowed()
    {
        await FollowAsync(_other, _redis);
        await using var address = new MovingAddress(_redis);
        await using var gateway = await StartAsync(address.Connection);
        var key = await gateway.WithAccountAsync("acme", ["agg_1"], Limit);
        await Eventually.TrueAsync(async () => (long)await _other.ExecuteAsync("EXISTS eventicat:account:{acme}") == 1);
        await _other.ExecuteAsync("REPLICAOF NO ONE");

        address.MoveTo(_other);
        await using var connection = new RedisConnection(new RedisOptions { Connection = _other.Connection });
        await new RedisAccountStore(connection, TimeSpan.FromSeconds(10)).ChangeAsync(AccountId.Parse("acme"), account => account! with { Disabled = true }, Token);

        await Eventually.TrueAsync(async () => await StatusAsync(gateway, key) == 401);
        await gateway.StopAsync();
        Assert.Equal(1, Occurrences(gateway, "The address of Redis leads to another server"));
    }

    [Fact]
    public async Task Connections_BecomeBlackHoles_AreOverWithTheNewOne()
    {
        await using var address = new MovingAddress(_redis);
        await using var gateway = await StartAsync(address.Connection);
        var key = await gateway.WithAccountAsync("acme", ["agg_1"], Limit);
        Assert.Equal(200, await StatusAsync(gateway, key));
        await using var connection = new RedisConnection(new RedisOptions { Connection = _redis.Connection });

        address.ForgetConnections();
        await new RedisAccountStore(connection, TimeSpan.FromSeconds(10)).ChangeAsync(AccountId.Parse("acme"), account => account! with { Disabled = true }, Token);

        // The client gives up a call without an answer after ten seconds: nobody waits for that.
        await Eventually.HoldsAsync(async () => await StatusAsync(gateway, key) == 401, TimeSpan.FromSeconds(8), Token);
        await Eventually.HoldsAsync(async () => await ReadinessAsync(gateway) is { RateLimit: "shared" }, TimeSpan.FromSeconds(8), Token);
        await gateway.StopAsync();
        Assert.Equal(1, Occurrences(gateway, "The connection to Redis was of no use"));
    }

    [Fact]
    public async Task Address_LedToAReplicaThatIsPromoted_HealsWithinSeconds()
    {
        await _redis.ExecuteAsync($"REPLICAOF 127.0.0.1 {_other.Port}");
        await using var gateway = await StartAsync(_redis.Connection);
        Assert.Equal("local", (await ReadinessAsync(gateway)).RateLimit);

        await _redis.ExecuteAsync("REPLICAOF NO ONE");

        await Eventually.TrueAsync(async () => await ReadinessAsync(gateway) is { Status: "ready", RateLimit: "shared" });
        var key = await gateway.WithAccountAsync("acme", ["agg_1"], Limit);
        await Eventually.TrueAsync(async () => await StatusAsync(gateway, key) == 200);
        await Eventually.TrueAsync(async () => await CountPermitsAsync(_redis) > 0);
    }

    [Theory]
    [InlineData("CONFIG SET maxmemory 1", "CONFIG SET maxmemory 0")]
    [InlineData("CONFIG SET min-replicas-to-write 1", "CONFIG SET min-replicas-to-write 0")]
    [InlineData("ACL SETUSER default -@scripting", "ACL SETUSER default +@scripting")]
    [InlineData("ACL SETUSER default -eval -evalsha", "ACL SETUSER default +eval +evalsha")]
    [InlineData("ACL SETUSER default -@write", "ACL SETUSER default +@write")]
    public async Task Redis_RefusesWhatDecisionsNeed_ShowsInReadinessWithoutTraffic(string spoil, string mend)
    {
        await using var gateway = await StartAsync(_redis.Connection);
        var key = await gateway.WithAccountAsync("acme", ["agg_1"], Limit);
        Assert.Equal(("ready", "shared"), Of(await ReadinessAsync(gateway)));

        await _redis.ExecuteAsync(spoil);
        await Eventually.TrueAsync(async () => await ReadinessAsync(gateway) is { Status: "degraded", RateLimit: "local" });

        // Reading is permitted: accounts are as fresh as ever.
        Assert.Equal("ok", (await ReadinessAsync(gateway)).Accounts);
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(200, await StatusAsync(gateway, key));
        }

        await _redis.ExecuteAsync(mend);
        await Eventually.TrueAsync(async () => await ReadinessAsync(gateway) is { Status: "ready", RateLimit: "shared" });
        await gateway.StopAsync();
        Assert.Equal(1, Occurrences(gateway, "Redis is of no use"));
        Assert.Equal(1, Occurrences(gateway, "Redis does again"));
    }

    [Theory]
    [InlineData("-rpush")]
    [InlineData("-ltrim")]
    [InlineData("-hget")]
    [InlineData("-pttl")]
    [InlineData("resetkeys ~eventicat:check:* ~eventicat:account:* ~eventicat:key:* %R~eventicat:limit:*")]
    [InlineData("resetkeys ~eventicat:check:* ~eventicat:account:* ~eventicat:key:* ~eventicat:limit:{.nobody}")]
    public async Task Redis_RefusesOneCommandOfDecisions_IsLostOnceHoweverManyAreMade(string rule)
    {
        await using var gateway = await StartAsync(_redis.Connection);
        var key = await gateway.WithAccountAsync("acme", ["agg_1"], Limit);
        Assert.Equal(200, await StatusAsync(gateway, key));

        await _redis.ExecuteAsync($"ACL SETUSER default {rule}");
        var tried = await CountTriesAsync();
        await Eventually.TrueAsync(async () =>
        {
            Assert.Equal(200, await StatusAsync(gateway, key));
            return await CountTriesAsync() >= tried + 60 && await ReadinessAsync(gateway) is { RateLimit: "local" };
        });

        await _redis.ExecuteAsync("ACL SETUSER default +@all allkeys");
        await Eventually.TrueAsync(async () => await ReadinessAsync(gateway) is { Status: "ready", RateLimit: "shared" });
        await gateway.StopAsync();
        // None is lost where this decision happened to do without the command.
        Assert.InRange(Occurrences(gateway, "Redis does not decide on rate limits"), 0, 1);
        Assert.Equal(Occurrences(gateway, "Redis does not decide on rate limits"), Occurrences(gateway, "Rate limits are shared through Redis again"));
        Assert.Equal(0, Occurrences(gateway, "Redis cannot decide on the limit of account"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Node_OfAClusterRefusesOneCommand_ShowsInReadinessWithoutTraffic(int node)
    {
        await using var cluster = await RedisCluster.StartAsync(Token);
        await using var gateway = await StartAsync(cluster.Connection);
        Assert.Equal(("ready", "shared"), Of(await ReadinessAsync(gateway)));

        await cluster.ExecuteAsync(node, "ACL SETUSER default -rpush");

        await Eventually.TrueAsync(async () => await ReadinessAsync(gateway) is { Status: "degraded", RateLimit: "local" });
        await Eventually.TrueAsync(() => Occurrences(gateway, "Redis is of no use") == 1);
        await cluster.ExecuteAsync(node, "ACL SETUSER default +@all");
        await Eventually.TrueAsync(async () => await ReadinessAsync(gateway) is { Status: "ready", RateLimit: "shared" });
        await gateway.StopAsync();
        Assert.Equal(1, Occurrences(gateway, "Redis is of no use"));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Task<GatewayHost> StartAsync(string redis, params (string Key, string? Value)[] settings) => GatewayHost.StartAsync(
        _backend.Url, [("Accounts:File", ""), ("Redis:Connection", redis), .. settings]);

    private static async Task FollowAsync(RedisServer replica, RedisServer primary)
    {
        await replica.ExecuteAsync($"REPLICAOF 127.0.0.1 {primary.Port}");
        await Eventually.TrueAsync(async () => ((string)(await replica.ExecuteAsync("INFO replication"))!).Contains("master_link_status:up", StringComparison.Ordinal));
    }

    private static async Task<long> CountPermitsAsync(RedisServer server) => (long)await server.ExecuteAsync("LLEN eventicat:limit:{acme}");

    private static async Task<int> StatusAsync(GatewayHost gateway, ApiKey key)
    {
        using var response = await gateway.GetAsync("/api/event?_id=agg_1", key);
        return (int)response.StatusCode;
    }

    private static async Task<Readiness> ReadinessAsync(GatewayHost gateway)
    {
        using var response = await gateway.Management.GetAsync("/health/ready", Token);
        using var body = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(Token), cancellationToken: Token);
        string? Member(string name) => body.RootElement.GetProperty(name).GetString();
        return new Readiness(Member("status"), Member("accounts"), Member("rateLimit"));
    }

    private static (string?, string?) Of(Readiness readiness) => (readiness.Status, readiness.RateLimit);

    private async Task<int> CountTriesAsync() => ((string)(await _redis.ExecuteAsync("INFO commandstats"))!).Split("\r\n")
        .Where(static line => line.StartsWith("cmdstat_eval", StringComparison.Ordinal))
        .Sum(static line => int.Parse(line.Split('=', ',')[1], CultureInfo.InvariantCulture));

    private static int Occurrences(GatewayHost gateway, string message) =>
        gateway.Log.ToString().Split($"\"@mt\":\"{message}").Length - 1;

    private sealed record Readiness(string? Status, string? Accounts, string? RateLimit);
}
