using Eventicat.Accounts;
using Eventicat.Accounts.Storage.Redis;
using Eventicat.Gateway.Usage.Counting;
using Eventicat.Gateway.Usage.Storing;
using Eventicat.Gateway.Usage.Storing.Redis;
using Eventicat.Redis;
using Eventicat.TestSupport.Redis;
using StackExchange.Redis;

namespace Eventicat.Gateway.Tests.Usage.Storing;

public sealed class RedisUsageStoreTests : UsageStoreContract, IAsyncDisposable
{
    private readonly RedisFixture _redis;
    private readonly string _prefix = RedisFixture.UniquePrefix();
    private readonly RedisConnection _connection;
    private readonly RedisUsageStore _store;

    public RedisUsageStoreTests(RedisFixture redis)
    {
        _redis = redis;
        _connection = new RedisConnection(new RedisOptions { Connection = redis.Connection, Prefix = _prefix });
        _store = new RedisUsageStore(_connection, Time);
    }

    private protected override IUsageStore Store => _store;

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    [Fact]
    public async Task Names_AreFewExpireAndAreNotTakenForAccounts()
    {
        for (var minute = 0; minute < 50; minute++)
        {
            await AddAsync(Acme, [1, 1, 1, 1, 1, 1]);
            Time.Advance(TimeSpan.FromMinutes(1));
        }

        var keys = await KeysAsync($"{_prefix}:*");
        var pattern = new RedisNames(_prefix).AccountPattern;

        Assert.Equal(4, keys.Count);
        Assert.Empty(await KeysAsync(pattern));
        var lifetimes = new Dictionary<string, TimeSpan>();
        foreach (var key in keys)
        {
            lifetimes[key] = (await _redis.Database.KeyTimeToLiveAsync(key))!.Value;
        }

        // The hour's or the day's end, and as long again as its first part has to live.
        Assert.InRange(lifetimes.Single(key => key.Key.Contains(":minutes:", StringComparison.Ordinal)).Value, TimeSpan.FromHours(2), TimeSpan.FromHours(3));
        Assert.InRange(lifetimes.Single(key => key.Key.Contains(":hours:", StringComparison.Ordinal)).Value, TimeSpan.FromDays(7), TimeSpan.FromDays(8));
        Assert.InRange(lifetimes[$"{_prefix}:used:{{acme}}"], TimeSpan.FromDays(399), TimeSpan.FromDays(400));
        Assert.InRange(lifetimes[$"{_prefix}:urlkeys"], TimeSpan.FromDays(6), TimeSpan.FromDays(7));
    }

    [Fact]
    public async Task UrlKeys_OlderThanAWeek_LeaveTheSet()
    {
        await AddAsync(Acme, [1, 0, 0, 0, 0, 1]);
        Time.Advance(UsageSpan.UrlKeys);

        await AddAsync(AccountId.Parse("other"), [1, 0, 0, 0, 0, 1]);

        Assert.Equal(["other"], (await _redis.Database.SortedSetRangeByRankAsync($"{_prefix}:urlkeys")).Select(account => (string)account!));
    }

    [Fact]
    public async Task UrlKeys_ManyInOneSecond_AreAllListed()
    {
        var usage = Enumerable.Range(0, 1200).Select(i => Usage(AccountId.Parse($"a{i:0000}"), [1, 0, 0, 0, 0, 1], "k1")).ToList();
        Assert.Empty((await _store.AddAsync(usage, Token)).Rest);

        var first = await _store.ListUrlKeysAsync(null, 700, Token);
        var second = await _store.ListUrlKeysAsync(first[^1], 700, Token);

        Assert.Equal(usage.Select(one => one.Account).Reverse(), first.Concat(second).Select(use => use.Account));
    }

    [Fact]
    public async Task Add_AnothersDataUnderAName_LosesThatAccountAlone()
    {
        await _redis.Database.StringSetAsync($"{_prefix}:used:{{acme}}", "theirs");

        var result = await _store.AddAsync(
            [Usage(Acme, [1, 0, 0, 0, 0, 0], "k1"), Usage(AccountId.Parse("other"), [1, 0, 0, 0, 0, 0], "k1")], Token);

        Assert.Empty(result.Rest);
        Assert.Equal(1, result.Lost);
        Assert.Single((await _store.ReadAsync(AccountId.Parse("other"), Token)).Minutes);
    }

    [Theory]
    [InlineData("OOM command not allowed when used memory > 'maxmemory'.", "NotRun")]
    [InlineData("READONLY You can't write against a read only replica.", "NotRun")]
    [InlineData("MISCONF Redis is configured to save RDB snapshots", "NotRun")]
    [InlineData("WRONGTYPE Operation against a key holding the wrong kind of value", "Broken")]
    [InlineData("ERR hash value is not an integer", "Broken")]
    public async Task Call_ThatRedisRefuses_IsGivenAgainUnlessTheDataIsWrong(string error, string outcome)
    {
        var call = _redis.Database.ScriptEvaluateAsync("return redis.error_reply(ARGV[1])", [], [error]);
        await Assert.ThrowsAsync<RedisServerException>(() => call);

        Assert.Equal(outcome, RedisUsageCalls.Of(call).ToString());
    }

    [Fact]
    public async Task Redis_HangingOrAway_GivesCountsBackAndTakesThemLater()
    {
        await using var server = await RedisServer.StartAsync(Token);
        await using var connection = new RedisConnection(new RedisOptions { Connection = server.Connection });
        var store = new RedisUsageStore(connection, TimeProvider.System);
        AccountUsage[] usage = [Usage(Acme, [1, 0, 0, 0, 0, 1], "k1"), Usage(AccountId.Parse("other"), [1, 0, 0, 0, 0, 0], "k1")];
        Assert.Empty((await store.AddAsync([usage[1]], Token)).Rest);

        await server.PauseAsync();
        Assert.Equal(usage, (await store.AddAsync(usage, Token)).Rest);
        await Assert.ThrowsAsync<UsageStoreUnavailableException>(() => store.ReadAsync(Acme, Token));
        await server.ResumeAsync();

        await TestSupport.Eventually.TrueAsync(async () => (await store.AddAsync(usage, Token)).Rest.Count == 0);

        await server.StopAsync();
        Assert.Equal(usage, (await store.AddAsync(usage, Token)).Rest);
        await server.StartAgainAsync();
        await TestSupport.Eventually.TrueAsync(async () => (await store.AddAsync(usage, Token)).Rest.Count == 0);

        Assert.Equal(1, (await new RedisUsageStore(connection, Time).ReadAsync(Acme, Token)).Minutes.Single().Counts[0]);
    }

    private async Task<List<string>> KeysAsync(string pattern)
    {
        var keys = new List<string>();
        foreach (var server in _redis.Database.Multiplexer.GetServers())
        {
            await foreach (var key in server.KeysAsync(pattern: pattern))
            {
                keys.Add(key.ToString());
            }
        }

        return keys;
    }
}
