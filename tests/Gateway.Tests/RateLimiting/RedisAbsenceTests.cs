using Eventicat.Accounts;
using Eventicat.Gateway.Tests.Hosting;
using Eventicat.TestSupport;
using Eventicat.TestSupport.Http;
using Eventicat.TestSupport.Redis;
using StackExchange.Redis;

namespace Eventicat.Gateway.Tests.RateLimiting;

/// <summary>Why Redis is away may change while it is: as soon as it answers, accounts are asked for again; as soon as it does not, nobody waits for it.</summary>
public sealed class RedisAbsenceTests : IAsyncLifetime
{
    private static readonly AccountLimit Limit = new(1_000_000, TimeSpan.FromMinutes(5));

    private readonly RawBackend _backend = new();
    private RedisServer _redis = null!;
    private ConnectionMultiplexer _administrator = null!;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServer.StartProcessAsync(Token);
        _administrator = await ConnectionMultiplexer.ConnectAsync($"{_redis.Connection},allowAdmin=true");
    }

    public async ValueTask DisposeAsync()
    {
        await _administrator.DisposeAsync();
        await _redis.DisposeAsync();
        await _backend.DisposeAsync();
    }

    [Theory]
    [InlineData("ACL SETUSER default -rpush -rpushx", "ACL SETUSER default +rpush +rpushx")]
    [InlineData("CONFIG SET min-replicas-to-write 1", "CONFIG SET min-replicas-to-write 0")]
    public async Task Redis_IsSilentThenRefuses_IsAskedForAccounts(string spoil, string mend)
    {
        await using var gateway = await StartAsync();
        var key = await gateway.WithAccountAsync("acme", ["agg_1"], Limit);
        var doomed = await gateway.WithAccountAsync("doomed", ["agg_2"], Limit);
        Assert.Equal(200, await StatusAsync(gateway, key));
        Assert.Equal(200, await StatusAsync(gateway, doomed, "agg_2"));

        await _redis.PauseAsync();
        await LoseAsync(gateway, key);
        // Written to its socket now, and carried out with what waits there when it wakes.
        var spoiling = ExecuteAsync(spoil);
        await _redis.ResumeAsync();
        await spoiling;

        await Eventually.TrueAsync(async () => await StatusAsync(gateway, ApiKey.Generate(out _)) == 401);
        if (spoil.StartsWith("ACL", StringComparison.Ordinal))
        {
            await gateway.ChangeAsync("doomed", account => account! with { Disabled = true });
            await Eventually.HoldsAsync(async () => await StatusAsync(gateway, doomed, "agg_2") == 401, TimeSpan.FromSeconds(1), Token);
        }

        Assert.Equal(200, await StatusAsync(gateway, key));
        Assert.Contains("\"rateLimit\":\"local\"", await ReadinessAsync(gateway), StringComparison.Ordinal);
        await ExecuteAsync(mend);
        await Eventually.TrueAsync(async () => (await ReadinessAsync(gateway)).Contains("\"rateLimit\":\"shared\"", StringComparison.Ordinal));
        await gateway.StopAsync();
        Assert.Equal((1, 1), (Count(gateway, "Redis does not decide on rate limits"), Count(gateway, "Rate limits are shared through Redis again")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Redis_BecomesAReplica_ConfirmsNoAccountAnyMore(bool hasTraffic)
    {
        await using var gateway = await StartAsync(("Accounts:MaxStaleness", "00:00:02"));
        var key = await gateway.WithAccountAsync("acme", ["agg_1"], Limit);
        Assert.Equal(200, await StatusAsync(gateway, key));

        // Whatever becomes of the account where the primary is now, this server does not hear of it.
        await ExecuteAsync("REPLICAOF 127.0.0.1 1");
        if (hasTraffic)
        {
            await Eventually.HoldsAsync(async () => await StatusAsync(gateway, key) == 503, TimeSpan.FromSeconds(15), Token);
        }
        else
        {
            await Eventually.TrueAsync(() => Count(gateway, "Redis does not decide on rate limits") == 1);
        }

        Assert.Equal(503, await StatusAsync(gateway, ApiKey.Generate(out _)));
        Assert.Contains("\"rateLimit\":\"local\"", await ReadinessAsync(gateway), StringComparison.Ordinal);
        Assert.DoesNotContain("\"accounts\":\"ok\"", await ReadinessAsync(gateway), StringComparison.Ordinal);
        await ExecuteAsync("REPLICAOF NO ONE");
        await Eventually.TrueAsync(async () => await StatusAsync(gateway, key) == 200);
        await Eventually.TrueAsync(async () => await StatusAsync(gateway, ApiKey.Generate(out _)) == 401);
    }

    [Fact]
    public async Task Redis_RefusesThenHangs_HoldsNobody()
    {
        await using var gateway = await StartAsync();
        var key = await gateway.WithAccountAsync("acme", ["agg_1"], Limit);
        Assert.Equal(200, await StatusAsync(gateway, key));
        await ExecuteAsync("CONFIG SET min-replicas-to-write 1");
        await LoseAsync(gateway, key);
        Assert.Equal(401, await StatusAsync(gateway, ApiKey.Generate(out _)));

        await _redis.PauseAsync();
        await Eventually.TrueAsync(async () => await StatusAsync(gateway, ApiKey.Generate(out _)) == 503);
        var (unknown, known) = (new List<TimeSpan>(), new List<TimeSpan>());
        var startedAt = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(startedAt) < TimeSpan.FromSeconds(3))
        {
            unknown.Add(await TimeAsync(gateway, ApiKey.Generate(out _), 503));
            known.Add(await TimeAsync(gateway, key, 200));
        }

        Assert.InRange(unknown.Order().ElementAt(unknown.Count / 2), TimeSpan.Zero, TimeSpan.FromMilliseconds(100));
        // Without that, one in each half second took as long; the machine may be busy.
        Assert.InRange(known.Count(static took => took > TimeSpan.FromMilliseconds(400)), 0, 2);
        await _redis.ResumeAsync();
    }

    [Fact]
    public async Task Redis_PausesAgainAndAgain_IsAskedForAccountsWithItsFirstAnswer()
    {
        await using var gateway = await StartAsync();
        var key = await gateway.WithAccountAsync("acme", ["agg_1"], Limit);
        for (var pause = 1; pause <= 6; pause++)
        {
            Assert.Equal(200, await StatusAsync(gateway, key));
            await _redis.PauseAsync();
            await LoseAsync(gateway, key);
            await _redis.ResumeAsync();
            if (pause < 6)
            {
                await Eventually.TrueAsync(async () => (await ReadinessAsync(gateway)).Contains("\"rateLimit\":\"shared\"", StringComparison.Ordinal));
            }
        }

        await gateway.ChangeAsync("acme", account => account! with { Disabled = true });

        await Eventually.HoldsAsync(async () => await StatusAsync(gateway, key) == 401, TimeSpan.FromSeconds(1), Token);
        Assert.Contains("\"rateLimit\":\"local\"", await ReadinessAsync(gateway), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Permission_ForWhatDecisionsNeedTaken_ConcernsEverybodyNotOneAccount()
    {
        await using var gateway = await StartAsync();
        var keys = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => gateway.WithAccountAsync($"acme-{i}", [$"agg_{i}"], Limit)));
        await ExecuteAsync("ACL SETUSER default -rpush -rpushx");

        for (var i = 0; i < keys.Length; i++)
        {
            Assert.Equal(200, await StatusAsync(gateway, keys[i], $"agg_{i}"));
        }

        await gateway.StopAsync();
        Assert.Equal(0, Count(gateway, "Redis cannot decide on the limit of account"));
        Assert.Equal(1, Count(gateway, "Redis does not decide on rate limits"));
        Assert.Contains("NOPERM", gateway.Log.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("1.5")]
    [InlineData("99999999999999999999")]
    public async Task Epoch_OfOneAccountBroken_IsNoFaultOfTheGateway(string epoch)
    {
        await using var gateway = await StartAsync();
        var known = await gateway.WithAccountAsync("acme", ["agg_1"], Limit);
        Assert.Equal(200, await StatusAsync(gateway, known));
        var unknown = await gateway.WithAccountAsync("acme", ["agg_2"], Limit);

        await ExecuteAsync($"HSET eventicat:account:{{acme}} epoch {epoch}");

        Assert.Equal(503, await StatusAsync(gateway, unknown, "agg_2"));
        Assert.NotEqual(500, await StatusAsync(gateway, known));
        Assert.NotEqual(500, await StatusAsync(gateway, known));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Task<GatewayHost> StartAsync(params (string Key, string? Value)[] settings) =>
        GatewayHost.StartAsync(_backend.Url, [("Accounts:File", ""), ("Redis:Connection", _redis.Connection), .. settings]);

    private Task<RedisResult> ExecuteAsync(string command)
    {
        var words = command.Split(' ');
        return _administrator.GetServers()[0].ExecuteAsync(words[0], [.. words[1..]]);
    }

    private static Task LoseAsync(GatewayHost gateway, ApiKey key) => Eventually.TrueAsync(async () =>
    {
        await StatusAsync(gateway, key);
        return (await ReadinessAsync(gateway)).Contains("\"rateLimit\":\"local\"", StringComparison.Ordinal);
    });

    private static async Task<string> ReadinessAsync(GatewayHost gateway)
    {
        using var response = await gateway.Management.GetAsync(new Uri("/health/ready", UriKind.Relative), Token);
        return await response.Content.ReadAsStringAsync(Token);
    }

    private static async Task<int> StatusAsync(GatewayHost gateway, ApiKey key, string aggregator = "agg_1")
    {
        using var response = await gateway.GetAsync($"/api/event?_id={aggregator}", key);
        return (int)response.StatusCode;
    }

    private static async Task<TimeSpan> TimeAsync(GatewayHost gateway, ApiKey key, int expected)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        Assert.Equal(expected, await StatusAsync(gateway, key));
        return TimeProvider.System.GetElapsedTime(startedAt);
    }

    private static int Count(GatewayHost gateway, string message) => gateway.Log.ToString().Split($"\"@mt\":\"{message}").Length - 1;
}
