using Eventicat.Accounts;
using Eventicat.Gateway.RateLimiting;
using Eventicat.Gateway.Tests.Hosting;
using Eventicat.TestSupport;
using Eventicat.TestSupport.Http;
using Eventicat.TestSupport.Redis;
using StackExchange.Redis;

namespace Eventicat.Gateway.Tests.RateLimiting;

/// <summary>Which server is away, for whom, and what is known of what was granted meanwhile. Accounts are in files here: only limits need Redis.</summary>
public sealed class RedisEndpointTests : IAsyncLifetime
{
    private const string Lost = "\"@mt\":\"Redis does not decide on rate limits";
    private const string Back = "\"@mt\":\"Rate limits are shared through Redis again";

    private static readonly AccountLimit Ten = new(10, TimeSpan.FromMinutes(5));

    private readonly RawBackend _backend = new();

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _backend.DisposeAsync();

    [Fact]
    public async Task Node_OfAClusterHangs_DegradesOnlyTheAccountsOfItsSlots()
    {
        await using var cluster = await RedisCluster.StartAsync(Token);
        await using var one = await StartAsync(cluster.Connection);
        await using var two = await StartAsync(cluster.Connection);
        var (hung, well) = (NameOn(0), NameOn(1));
        var keys = new Dictionary<string, ApiKey> { [hung] = await CreateAsync(hung, one, two), [well] = await CreateAsync(well, one, two) };
        foreach (var (account, key) in keys)
        {
            Assert.Equal((200, "9"), await SendAsync(one, account, key));
        }

        await cluster.PauseAsync(0);

        // Nine are left of both, whoever grants them: the one by itself, of the other the two share the rest.
        var (local, shared) = (0, 0);
        for (var i = 0; i < 12; i++)
        {
            local += (await SendAsync(one, hung, keys[hung])).Status == 200 ? 1 : 0;
            shared += (await SendAsync(i % 2 == 0 ? one : two, well, keys[well])).Status == 200 ? 1 : 0;
        }

        Assert.Equal((9, 9), (local, shared));
        await cluster.ResumeAsync(0);
        await Eventually.TrueAsync(() => Count(one, Back) == 1);
        await Eventually.TrueAsync(async () => (await SendAsync(two, hung, keys[hung])).Status == 429);
        await StopAsync(one, two);
        Assert.Equal((1, 1), (Count(one, Lost), Count(one, Back)));
        AssertNotLost(two);
    }

    /// <summary>The record is where it was, a log not yet anywhere: no node takes a script over both.</summary>
    [Fact]
    public async Task Slot_OfAClusterIsMoved_NothingIsCalledBroken()
    {
        await using var cluster = await RedisCluster.StartAsync(Token);
        await using var gateway = await StartAsync(cluster.Connection, ("Accounts:File", null));
        var account = NameOn(0);
        var key = await CreateAsync(account, gateway);
        await cluster.StartMovingAsync(account, to: 1);

        Assert.Equal(200, (await SendAsync(gateway, account, key)).Status);

        await gateway.StopAsync();
        Assert.DoesNotContain(gateway.Log.Rendered, line => line.Contains("cannot decide", StringComparison.Ordinal));
        AssertNotLost(gateway);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Outage_UnderLoad_IsOneChangeThereAndOneBack(bool isKilled)
    {
        await using var redis = await RedisServer.StartAsync(Token);
        await using var gateway = await StartAsync(redis.Connection);
        await using (var load = await LoadAsync(gateway, accounts: 20))
        {
            await (isKilled ? redis.StopAsync() : redis.PauseAsync());
            await Eventually.TrueAsync(() => Count(gateway, Lost) == 1);
            await load.AnswerMoreAsync(500);
            await (isKilled ? redis.StartAgainAsync() : redis.ResumeAsync());
            await Eventually.TrueAsync(() => Count(gateway, Back) == 1);
            await load.AnswerMoreAsync(500);
        }

        await StopAsync(gateway);
        Assert.Equal((1, 1), (Count(gateway, Lost), Count(gateway, Back)));
    }

    [Fact]
    public async Task Redis_HangsAndGoesOn_KnowsExactlyWhatWasGrantedMeanwhile()
    {
        await using var redis = await RedisServer.StartAsync(Token);
        await using var database = await ConnectionMultiplexer.ConnectAsync(redis.Connection);
        await using var one = await StartAsync(redis.Connection);
        await using var two = await StartAsync(redis.Connection);
        var key = await CreateAsync("acme", one, two);
        Assert.Equal((200, "9"), await SendAsync(one, "acme", key));
        Assert.Equal((200, "8"), await SendAsync(two, "acme", key));
        Assert.Equal((200, "7"), await SendAsync(one, "acme", key));

        await redis.PauseAsync();

        // What the other gateway was granted is known as well.
        for (var remaining = 6; remaining >= 3; remaining--)
        {
            Assert.Equal((200, $"{remaining}"), await SendAsync(one, "acme", key));
        }

        await redis.ResumeAsync();

        // The first of them had been sent to Redis, which carried it out on waking: it counts once.
        await Eventually.TrueAsync(async () => await database.GetDatabase().ListLengthAsync("eventicat:limit:{acme}") == 7);
        Assert.Equal((200, "2"), await SendAsync(two, "acme", key));
        Assert.Equal((200, "1"), await SendAsync(one, "acme", key));
    }

    [Fact]
    public async Task Redis_HangsWhileEverythingIsAllowed_IsToldNoMoreThanTheLimit()
    {
        await using var redis = await RedisServer.StartAsync(Token);
        await using var database = await ConnectionMultiplexer.ConnectAsync(redis.Connection);
        await using var gateway = await StartAsync(redis.Connection, ("RateLimit:OnRedisFailure", "Allow"));
        var key = await CreateAsync("acme", gateway);
        Assert.Equal(200, (await SendAsync(gateway, "acme", key)).Status);

        await redis.PauseAsync();
        for (var i = 0; i < 200; i++)
        {
            Assert.Equal(200, (await SendAsync(gateway, "acme", key)).Status);
        }

        await redis.ResumeAsync();
        await Eventually.TrueAsync(async () => (await SendAsync(gateway, "acme", key)).Status == 429);

        // The one before, the one that Redis carried out on waking, and the newest ten: older ones decide nothing. Ten more if it was lost again.
        Assert.InRange(await database.GetDatabase().ListLengthAsync("eventicat:limit:{acme}"), 10, 60);
    }

    [Fact]
    public async Task Limit_IsLoweredWhileRedisHangsAndRaisedAfterwards_CountsAllThatWasGranted()
    {
        await using var redis = await RedisServer.StartAsync(Token);
        await using var gateway = await StartAsync(redis.Connection);
        var hundred = new AccountLimit(100, TimeSpan.FromMinutes(5));
        var key = await CreateAsync("acme", hundred, gateway);
        var admitted = 0;
        await AskUntilAsync(() => admitted == 1);

        await redis.PauseAsync();
        await AskUntilAsync(() => admitted == 60);
        await gateway.ChangeAsync("acme", account => account! with { Limit = Ten });
        await AskUntilRefusedAsync(Ten);
        await redis.ResumeAsync();
        await Eventually.TrueAsync(() => Count(gateway, Back) >= 1);
        await gateway.ChangeAsync("acme", account => account! with { Limit = hundred });
        await AskUntilRefusedAsync(hundred);

        // The call that Redis carried out on waking may have cost a permit.
        Assert.InRange(admitted, 98, 100);

        Task AskUntilAsync(Func<bool> isEnough) => Eventually.TrueAsync(async () =>
        {
            admitted += (await SendAsync(gateway, "acme", key)).Status == 200 ? 1 : 0;
            return isEnough();
        });

        Task AskUntilRefusedAsync(AccountLimit limit) => Eventually.TrueAsync(async () =>
        {
            using var response = await gateway.GetAsync("/api/event?_id=agg_acme", key);
            admitted += response.IsSuccessStatusCode ? 1 : 0;
            return !response.IsSuccessStatusCode && response.Headers.GetValues("X-RateLimit-Limit").Single() == $"{limit.Permits}";
        });
    }

    [Fact]
    public async Task Connection_IsClosedAgainAndAgainWhileRedisIsWell_NobodyDecidesAlone()
    {
        await using var redis = await RedisServer.StartProcessAsync(Token);
        await using var administrator = await ConnectionMultiplexer.ConnectAsync($"{redis.Connection},allowAdmin=true");
        await using var one = await StartAsync(redis.Connection, ("RateLimit:Replicas", "2"));
        await using var two = await StartAsync(redis.Connection, ("RateLimit:Replicas", "2"));
        var key = await CreateAsync("acme", one, two);
        Assert.Equal((200, "9"), await SendAsync(one, "acme", key));
        // What the two may grant by themselves is more than what is left.
        for (var i = 0; i < 7; i++)
        {
            Assert.Equal(200, (await SendAsync(two, "acme", key)).Status);
        }

        await using (var load = await LoadAsync(one, accounts: 8))
        {
            for (var i = 0; i < 20; i++)
            {
                await administrator.GetServers()[0].ExecuteAsync("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
                await load.AnswerMoreAsync(100);
            }
        }

        var admitted = 0;
        for (var i = 0; i < 12; i++)
        {
            admitted += (await SendAsync(i % 2 == 0 ? one : two, "acme", key)).Status == 200 ? 1 : 0;
        }

        await StopAsync(one, two);
        AssertNotLost(one, two);
        Assert.Equal(2, admitted);
    }

    [Fact]
    public async Task Redis_HangsWhileVeryMuchIsGranted_IsToldAllOfItBeforeItDecides()
    {
        await using var redis = await RedisServer.StartAsync(Token);
        await using var database = await ConnectionMultiplexer.ConnectAsync(redis.Connection);
        await using var gateway = new RedisLimiters(redis.Connection, "eventicat", new RateLimitOptions());
        await using var limiter = gateway.Create(new AccountLimit(10_000, TimeSpan.FromMinutes(5)));
        Assert.True((await limiter.AcquireAsync(3000, Token)).IsAcquired);

        await redis.PauseAsync();
        for (var i = 0; i < 6; i++)
        {
            // Redis carries out the first of them on waking, which tells nothing yet.
            Assert.True((await limiter.AcquireAsync(i == 0 ? 1 : 1000, Token)).IsAcquired);
        }

        await redis.ResumeAsync();
        await Eventually.TrueAsync(async () =>
        {
            await limiter.TellAsync();
            return !limiter.HasUnsent;
        });
        var leases = new List<bool>();
        for (var i = 0; i < 3; i++)
        {
            leases.Add((await limiter.AcquireAsync(999, Token)).IsAcquired);
        }

        Assert.Equal([true, true, false], leases);
        await Eventually.TrueAsync(async () => await database.GetDatabase().ListLengthAsync("eventicat:limit:{acme}") is 9999 or 10_000);
    }

    [Theory]
    [InlineData("SET", "eventicat:limit:{acme}", "1")]
    [InlineData("RPUSH", "eventicat:limit:{acme}", "no number")]
    public async Task Log_OfOneAccountBroken_IsThatAccountsAffairAlone(params string[] command)
    {
        await using var redis = await RedisServer.StartAsync(Token);
        await using var database = await ConnectionMultiplexer.ConnectAsync(redis.Connection);
        await using var gateway = await StartAsync(redis.Connection);
        await using var other = await StartAsync(redis.Connection);
        var (broken, sound) = (await CreateAsync("acme", gateway), await CreateAsync("sound", gateway, other));
        await database.GetDatabase().ExecuteAsync(command[0], command[1..]);

        var (local, shared) = (0, 0);
        for (var i = 0; i < 15; i++)
        {
            var (status, _) = await SendAsync(gateway, "acme", broken);
            Assert.True(status is 200 or 429);
            local += status == 200 ? 1 : 0;
            shared += (await SendAsync(i % 2 == 0 ? gateway : other, "sound", sound)).Status == 200 ? 1 : 0;
        }

        AssertNotLost(gateway, other);
        Assert.Equal((10, 10), (local, shared));
        await database.GetDatabase().KeyDeleteAsync("eventicat:limit:{acme}");
        await Eventually.TrueAsync(async () =>
            (await SendAsync(gateway, "acme", broken)).Status == 429 && await database.GetDatabase().ListLengthAsync("eventicat:limit:{acme}") == 10);
        await StopAsync(gateway, other);
        Assert.Equal(1, Count(gateway, "\"@mt\":\"Redis cannot decide on the limit of account"));
        Assert.Equal(1, Count(gateway, "\"@mt\":\"Redis decides on the limit of account"));
    }

    [Fact]
    public async Task Script_ThatTheClientItselfRefuses_IsDecidedLocally()
    {
        await using var redis = await RedisServer.StartAsync(Token);
        await using var gateway = await StartAsync($"{redis.Connection},$EVAL=,$EVALSHA=");
        var key = await CreateAsync("acme", gateway);

        var statuses = new List<int>();
        for (var i = 0; i < 12; i++)
        {
            statuses.Add((await SendAsync(gateway, "acme", key)).Status);
        }

        Assert.Equal([.. Enumerable.Repeat(200, 10), 429, 429], statuses);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string NameOn(int node) =>
        Enumerable.Range(0, 100).Select(static i => $"acme-{i}").First(name => RedisCluster.NodeOf(name) == node);

    private static Task<ApiKey> CreateAsync(string account, params GatewayHost[] gateways) => CreateAsync(account, Ten, gateways);

    private static async Task<ApiKey> CreateAsync(string account, AccountLimit limit, params GatewayHost[] gateways)
    {
        var key = ApiKey.Generate(out _);
        foreach (var gateway in gateways)
        {
            await gateway.WithAccountAsync(account, [$"agg_{account}"], limit, importedKey: key.Reveal());
        }

        return key;
    }

    private Task<GatewayHost> StartAsync(string redis, params (string Key, string? Value)[] settings) =>
        GatewayHost.StartAsync(_backend.Url, [("Redis:Connection", redis), .. settings]);

    private static async Task<SteadyLoad> LoadAsync(GatewayHost gateway, int accounts)
    {
        var names = Enumerable.Range(0, accounts).Select(static i => $"busy-{i}").ToArray();
        var keys = await Task.WhenAll(names.Select(name => CreateAsync(name, new AccountLimit(1_000_000, TimeSpan.FromMinutes(5)), gateway)));
        return new SteadyLoad(async i => (await SendAsync(gateway, names[i % accounts], keys[i % accounts])).Status);
    }

    private static async Task StopAsync(params GatewayHost[] gateways)
    {
        foreach (var gateway in gateways)
        {
            await gateway.StopAsync();
        }
    }

    private static async Task<(int Status, string? Remaining)> SendAsync(GatewayHost gateway, string account, ApiKey key)
    {
        using var response = await gateway.GetAsync($"/api/event?_id=agg_{account}", key);
        return ((int)response.StatusCode, response.Headers.TryGetValues("X-RateLimit-Remaining", out var values) ? values.Single() : null);
    }

    private static void AssertNotLost(params GatewayHost[] gateways) => Assert.Equal("", string.Join('\n', gateways
        .SelectMany(static gateway => gateway.Log.ToString().Split('\n'))
        .Where(static line => line.Contains(Lost, StringComparison.Ordinal))));

    private static int Count(GatewayHost gateway, string part) => gateway.Log.ToString().Split(part).Length - 1;
}
