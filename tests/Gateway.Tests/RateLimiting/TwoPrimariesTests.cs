using System.Text.Json;
using Eventicat.Accounts;
using Eventicat.Accounts.Storage.Redis;
using Eventicat.Gateway.Tests.Hosting;
using Eventicat.TestSupport;
using Eventicat.TestSupport.Http;
using Eventicat.TestSupport.Redis;

namespace Eventicat.Gateway.Tests.RateLimiting;

/// <summary>
/// Two servers that are named without Sentinel or cluster both say that they are the primary: nobody can say which of
/// them has the latest revocations, so the one in use is kept, and none is chosen.
/// </summary>
public sealed class TwoPrimariesTests : IAsyncLifetime
{
    private const string Two = "\"@mt\":\"{Addresses} of Redis:Connection each say that they are the primary";
    private const string One = "\"@mt\":\"Of the servers of Redis:Connection one alone is the primary again";

    private static readonly AccountLimit Limit = new(1000, TimeSpan.FromMinutes(5));

    private readonly RawBackend _backend = new();
    private RedisServer _first = null!;
    private RedisServer _second = null!;

    public async ValueTask InitializeAsync()
    {
        _first = await RedisServer.StartProcessAsync(Token);
        _second = await RedisServer.StartProcessAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
        await _backend.DisposeAsync();
    }

    [Fact]
    public async Task OldPrimary_WakesUpBesideThePromotedOne_IsNotTakenAgain()
    {
        await using var gateway = await StartWithReplicaAsync();
        var key = await gateway.WithAccountAsync("acme", ["agg_1"], Limit);
        var other = await gateway.WithAccountAsync("other", ["agg_2"], Limit);
        Assert.Equal(200, await StatusAsync(gateway, key));
        await Eventually.TrueAsync(async () => (long)await _second.ExecuteAsync("EXISTS eventicat:account:{acme}") == 1);

        await _first.PauseAsync();
        await _second.ExecuteAsync("REPLICAOF NO ONE");
        await SetDisabledAsync(_second, true);
        await Eventually.TrueAsync(async () => await StatusAsync(gateway, key) == 401);
        await _first.ResumeAsync();

        await Eventually.TrueAsync(async () =>
        {
            Assert.Equal(401, await StatusAsync(gateway, key));
            return Count(gateway, Two) == 1;
        });
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(401, await StatusAsync(gateway, key));
            Assert.Equal(200, await StatusAsync(gateway, other, "agg_2"));
        }

        Assert.Equal(("degraded", "two primaries"), await ReadinessAsync(gateway));
        var line = gateway.Log.ToString().Split('\n').Single(text => text.Contains(Two, StringComparison.Ordinal));
        Assert.Contains("\"@l\":\"Error\"", line, StringComparison.Ordinal);
        Assert.Contains(_first.Connection, line, StringComparison.Ordinal);
        Assert.Contains(_second.Connection, line, StringComparison.Ordinal);
        Assert.Equal(0, (long)await _first.ExecuteAsync("LLEN eventicat:limit:{other}"));
        Assert.True((long)await _second.ExecuteAsync("LLEN eventicat:limit:{other}") >= 20);

        await _first.ExecuteAsync($"REPLICAOF 127.0.0.1 {_second.Port}");

        await Eventually.TrueAsync(async () => await ReadinessAsync(gateway) is ("ready", "shared"));
        Assert.Equal(401, await StatusAsync(gateway, key));
        await gateway.StopAsync();
        Assert.Equal((1, 1), (Count(gateway, Two), Count(gateway, One)));
    }

    [Fact]
    public async Task ServerInUse_DiesBesideTheOldPrimary_IsWaitedFor()
    {
        await using var gateway = await StartWithReplicaAsync(("Accounts:MaxStaleness", "00:00:05"));
        var key = await gateway.WithAccountAsync("acme", ["agg_1"], Limit);
        Assert.Equal(200, await StatusAsync(gateway, key));
        await Eventually.TrueAsync(async () => (long)await _second.ExecuteAsync("EXISTS eventicat:account:{acme}") == 1);
        await _first.PauseAsync();
        await _second.ExecuteAsync("REPLICAOF NO ONE");
        await SetDisabledAsync(_second, true);
        await Eventually.TrueAsync(async () => await StatusAsync(gateway, key) == 401);

        // Both within an instant: that there were two is never seen.
        await _second.PauseAsync();
        await _first.ResumeAsync();

        await Eventually.TrueAsync(async () =>
        {
            var status = await StatusAsync(gateway, key);
            Assert.True(status is 401 or 503, $"{status}");
            return Count(gateway, Two) == 1;
        });
        Assert.Equal("local", (await ReadinessAsync(gateway)).RateLimit);
        await _second.ResumeAsync();
        await Eventually.TrueAsync(async () => await StatusAsync(gateway, key) == 401);
    }

    [Fact]
    public async Task Replica_PromotedBeforeItsPrimaryIsStopped_TakesOver()
    {
        await using var gateway = await StartWithReplicaAsync();
        var key = await gateway.WithAccountAsync("acme", ["agg_1"], Limit);
        await Eventually.TrueAsync(async () => (long)await _second.ExecuteAsync("EXISTS eventicat:account:{acme}") == 1);

        await _second.ExecuteAsync("REPLICAOF NO ONE");
        await Eventually.TrueAsync(() => Count(gateway, Two) == 1);
        Assert.Equal(200, await StatusAsync(gateway, key));
        Assert.Equal(0, (long)await _second.ExecuteAsync("LLEN eventicat:limit:{acme}"));
        await _first.StopAsync();

        await Eventually.TrueAsync(async () =>
        {
            Assert.Equal(200, await StatusAsync(gateway, key));
            return (long)await _second.ExecuteAsync("LLEN eventicat:limit:{acme}") > 0;
        });
        await Eventually.TrueAsync(async () => await ReadinessAsync(gateway) is ("ready", "shared"));
    }

    [Fact]
    public async Task Start_WithTwoPrimaries_TakesNoneUntilOneIsLeft()
    {
        await using (var administrator = await GatewayHost.StartAsync(_backend.Url, ("Accounts:File", ""), ("Redis:Connection", _second.Connection)))
        {
            await administrator.WithAccountAsync("acme", ["agg_1"], Limit, importedKey: "imported-key-of-acme-0123456789");
        }

        Assert.True(ApiKey.TryParse("imported-key-of-acme-0123456789", out var key));
        await using var gateway = await StartAsync();

        Assert.Equal("unavailable", (await ReadinessAsync(gateway)).Status);
        Assert.Equal(503, await StatusAsync(gateway, key));
        await _first.ExecuteAsync($"REPLICAOF 127.0.0.1 {_second.Port}");
        await Eventually.TrueAsync(async () => await StatusAsync(gateway, key) == 200);

        await Eventually.TrueAsync(async () => await ReadinessAsync(gateway) is ("ready", "shared"));
        await gateway.StopAsync();
        Assert.Equal((1, 1), (Count(gateway, Two), Count(gateway, One)));
        Assert.Equal(0, Count(gateway, "\"@mt\":\"Redis is of no use"));
        Assert.Equal(0, Count(gateway, "\"@mt\":\"Redis cannot decide on the limit of account"));
    }

    [Fact]
    public async Task Server_NamedTwice_IsOne()
    {
        await using var gateway = await GatewayHost.StartAsync(
            _backend.Url, ("Accounts:File", ""), ("Redis:Connection", $"127.0.0.1:{_first.Port},localhost:{_first.Port}"));
        var key = await gateway.WithAccountAsync("acme", ["agg_1"], Limit);

        Assert.Equal(200, await StatusAsync(gateway, key));
        Assert.Equal(("ready", "shared"), await ReadinessAsync(gateway));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task<GatewayHost> StartWithReplicaAsync(params (string Key, string? Value)[] settings)
    {
        await _second.ExecuteAsync($"REPLICAOF 127.0.0.1 {_first.Port}");
        await Eventually.TrueAsync(async () => ((string)(await _second.ExecuteAsync("INFO replication"))!).Contains("master_link_status:up", StringComparison.Ordinal));
        return await StartAsync(settings);
    }

    private Task<GatewayHost> StartAsync(params (string Key, string? Value)[] settings) => GatewayHost.StartAsync(
        _backend.Url, [("Accounts:File", ""), ("Redis:Connection", $"{_first.Connection},{_second.Connection}"), .. settings]);

    private static async Task SetDisabledAsync(RedisServer server, bool disabled)
    {
        await using var connection = new RedisConnection(new RedisOptions { Connection = server.Connection });
        await new RedisAccountStore(connection, TimeSpan.FromSeconds(10))
            .ChangeAsync(AccountId.Parse("acme"), account => account! with { Disabled = disabled }, Token);
    }

    private static async Task<int> StatusAsync(GatewayHost gateway, ApiKey key, string aggregator = "agg_1")
    {
        using var response = await gateway.GetAsync($"/api/event?_id={aggregator}", key);
        return (int)response.StatusCode;
    }

    private static async Task<(string? Status, string? RateLimit)> ReadinessAsync(GatewayHost gateway)
    {
        using var response = await gateway.Management.GetAsync("/health/ready", Token);
        using var body = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(Token), cancellationToken: Token);
        return (body.RootElement.GetProperty("status").GetString(), body.RootElement.GetProperty("rateLimit").GetString());
    }

    private static int Count(GatewayHost gateway, string part) => gateway.Log.ToString().Split(part).Length - 1;
}
