using Eventicat.Accounts;
using Eventicat.Gateway.RateLimiting;
using Eventicat.Redis;
using Eventicat.TestSupport.Redis;

namespace Eventicat.Gateway.Tests.RateLimiting;

public sealed class RedisSlidingWindowScriptTests(RedisFixture redis) : DecisionContract, IAsyncLifetime
{
    private static readonly AccountId Account = AccountId.Parse("acme");

    private readonly string _prefix = RedisFixture.UniquePrefix();
    private RedisConnection _connection = null!;
    private RedisSlidingWindowScript _script = null!;

    protected override long Millisecond => 1000;

    public ValueTask InitializeAsync()
    {
        _connection = new RedisConnection(new RedisOptions { Connection = redis.Connection, Prefix = _prefix });
        _connection.Endpoints.Deadline = TimeSpan.FromSeconds(10);
        _script = new RedisSlidingWindowScript(_connection, TimeProvider.System);
        return default;
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    [Fact]
    public async Task Run_Partial_GrantsWhatIsLeft()
    {
        var limit = new AccountLimit(5, TimeSpan.FromMinutes(1));

        var first = await _script.RunAsync(Account, limit, 3, isPartial: true, epoch: null);
        var second = await _script.RunAsync(Account, limit, 3, isPartial: true, epoch: null);

        Assert.Equal(3, first.Granted);
        Assert.Equal(2, second.Granted);
        Assert.Equal(5, second.InUse);
        Assert.Equal(first.Now + 60_000_000, second.RetryAt);
    }

    [Fact]
    public async Task Run_OtherEpoch_SpendsNothing()
    {
        var limit = new AccountLimit(1, TimeSpan.FromMinutes(1));
        await redis.Database.HashSetAsync($"{_prefix}:account:{{acme}}", "epoch", "1700000000000001");

        var other = await _script.RunAsync(Account, limit, 1, isPartial: false, epoch: 1700000000000000);
        var none = await _script.RunAsync(AccountId.Parse("gone"), limit, 1, isPartial: false, epoch: 1700000000000000);
        var same = await _script.RunAsync(Account, limit, 1, isPartial: false, epoch: 1700000000000001);

        Assert.True(other.IsOtherEpoch);
        Assert.True(none.IsOtherEpoch);
        Assert.Equal(1, same.Granted);
    }

    [Fact]
    public async Task Run_ClockSetBack_NeitherGrantsTooEarlyNorBlocksLongerThanAWindow()
    {
        var limit = new AccountLimit(2, TimeSpan.FromMilliseconds(300));
        var log = (StackExchange.Redis.RedisKey)$"{_prefix}:limit:{{acme}}";
        var ahead = (TimeProvider.System.GetUtcNow().AddHours(1) - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        await redis.Database.ListRightPushAsync(log, [ahead - 100_000, ahead]);

        var refused = await _script.RunAsync(Account, limit, 1, isPartial: false, epoch: null);
        var (lastRefused, waited) = (refused, refused);
        while (waited.Granted == 0)
        {
            lastRefused = waited;
            waited = await _script.RunAsync(Account, limit, 1, isPartial: false, epoch: null);
        }

        Assert.Equal(0, refused.Granted);
        Assert.InRange(refused.RetryAt - refused.Now, 1, 300_000);
        Assert.True(waited.Now >= refused.RetryAt);
        // However late a call came: none was refused after the moment that was named, which is within the window.
        Assert.InRange(lastRefused.Now - refused.Now, 0, 300_000);
    }

    [Fact]
    public async Task Run_WindowLengthened_KeepsTheLogForTheLongerWindow()
    {
        await _script.RunAsync(Account, new AccountLimit(1, TimeSpan.FromSeconds(1)), 1, isPartial: false, epoch: null);

        var refused = await _script.RunAsync(Account, new AccountLimit(1, TimeSpan.FromHours(1)), 1, isPartial: false, epoch: null);
        var expiry = await redis.Database.KeyTimeToLiveAsync($"{_prefix}:limit:{{acme}}");

        Assert.Equal(0, refused.Granted);
        Assert.True(expiry > TimeSpan.FromMinutes(59));
    }

    [Fact]
    public async Task Run_ToldWhatWasGrantedElsewhere_EntersItAtItsAgeAndInOrder()
    {
        var limit = new AccountLimit(5, TimeSpan.FromMinutes(1));
        var first = await _script.RunAsync(Account, limit, 1, isPartial: false, epoch: null);

        var told = await _script.RunAsync(_script.Create(Account, limit, 1, isPartial: false, epoch: null,
            [new(1, 4, 61_000_000), new(2, 1, 30_000_000), new(3, 6, 0)]));
        var refused = await _script.RunAsync(Account, limit, 1, isPartial: false, epoch: null);
        var log = (await redis.Database.ListRangeAsync($"{_prefix}:limit:{{acme}}")).Select(entry => (long)entry).ToList();

        // What is older than the window has no meaning any more, and nothing is entered before what is there.
        Assert.Equal((0, 8), (told.Granted, told.InUse));
        Assert.Equal(log.Order(), log);
        Assert.Equal([first.Now, first.Now], log[..2]);
        Assert.All(log[2..], stamp => Assert.Equal(told.Now, stamp));
        Assert.Equal((log[3] + 60_000_000, log[3] + 60_000_000), (refused.RetryAt, refused.ResetAt));
    }

    [Fact]
    public async Task Run_ToldWhileTheLogIsEmpty_KeepsTheAges()
    {
        var limit = new AccountLimit(5, TimeSpan.FromMinutes(1));

        var told = await _script.RunAsync(_script.Create(Account, limit, 0, isPartial: true, epoch: null, [new(1, 1, 59_900_000), new(2, 2, 20_000_000)]));
        var expiry = await redis.Database.KeyTimeToLiveAsync($"{_prefix}:limit:{{acme}}");

        Assert.Equal((0, 3, told.Now + 100_000), (told.Granted, told.InUse, told.ResetAt));
        Assert.InRange(expiry!.Value, TimeSpan.FromSeconds(35), TimeSpan.FromSeconds(41));
    }

    [Theory]
    [InlineData(-30_000_000)]
    [InlineData(-1_500_000)]
    [InlineData(30_000_000)]
    public async Task Run_AskedForNothing_ChangesNothingWhateverTheWindow(long oldest)
    {
        var log = (StackExchange.Redis.RedisKey)$"{_prefix}:limit:{{acme}}";
        var now = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        StackExchange.Redis.RedisValue[] entries = [now + oldest, now + oldest + 1, now + oldest + 2];
        await redis.Database.ListRightPushAsync(log, entries);
        await redis.Database.KeyExpireAsync(log, TimeSpan.FromMilliseconds(900_500));

        await _script.RunAsync(Account, new AccountLimit(1, TimeSpan.FromSeconds(1)), 0, isPartial: false, epoch: null);
        await _script.RunAsync(Account, new AccountLimit(1, TimeSpan.FromHours(1)), 0, isPartial: false, epoch: null);

        Assert.Equal(entries, await redis.Database.ListRangeAsync(log));
        Assert.InRange((await redis.Database.KeyTimeToLiveAsync(log))!.Value, TimeSpan.FromMinutes(10), TimeSpan.FromMilliseconds(900_500));
    }

    [Fact]
    public async Task Run_ToldUnderAWindowThatIsLongerByNow_TakesNothingOutOfTheLog()
    {
        var hourly = new AccountLimit(5, TimeSpan.FromHours(1));
        await _script.RunAsync(_script.Create(Account, hourly, 1, isPartial: false, epoch: null, [new(1, 2, 30_000_000)]));

        var told = await _script.RunAsync(_script.Create(Account, new AccountLimit(5, TimeSpan.FromSeconds(20)), 0, isPartial: false, epoch: null, [new(1, 1, 10_000)]));
        var refused = await _script.RunAsync(Account, hourly, 2, isPartial: false, epoch: null);

        Assert.Equal(2, told.InUse);
        Assert.Equal((0, 4), (refused.Granted, refused.InUse));
        Assert.True(await redis.Database.KeyTimeToLiveAsync($"{_prefix}:limit:{{acme}}") > TimeSpan.FromMinutes(59));
    }

    [Fact]
    public async Task Run_ToldAfterTheClockWasSetBack_EntersItAllTheSame()
    {
        var limit = new AccountLimit(5, TimeSpan.FromMinutes(1));
        var ahead = (TimeProvider.System.GetUtcNow().AddHours(1) - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        await redis.Database.ListRightPushAsync($"{_prefix}:limit:{{acme}}", [ahead - 100_000_000, ahead - 1_000_000]);

        var told = await _script.RunAsync(_script.Create(Account, limit, 0, isPartial: true, epoch: null, [new(1, 2, 30_000_000)]));
        var refused = await _script.RunAsync(Account, limit, 3, isPartial: false, epoch: null);

        Assert.Equal((0, 3), (told.Granted, told.InUse));
        Assert.Equal((0, 3), (refused.Granted, refused.InUse));
        Assert.InRange(refused.Now - told.Now, 0, 30_000_000);
        Assert.InRange(told.ResetAt - told.Now, 1, 60_000_000);
    }

    [Fact]
    public async Task Run_FullLogOfAThousand_FitsIntoTwelveKilobytes()
    {
        await _script.RunAsync(Account, new AccountLimit(1000, TimeSpan.FromMinutes(1)), 1000, isPartial: false, epoch: null);

        var usage = (long)await redis.Database.ExecuteAsync("MEMORY", "USAGE", $"{_prefix}:limit:{{acme}}");

        Assert.InRange(usage, 1000, 12_000);
    }

    protected override async Task<Decision> AcquireAsync(AccountLimit limit, int requested)
    {
        var reply = await _script.RunAsync(Account, limit, requested, isPartial: false, epoch: null);
        return new Decision(reply.Granted == requested, reply.Now, Math.Max(0, limit.Permits - reply.InUse), reply.ResetAt, reply.RetryAt);
    }

    protected override async Task PassTimeAsync(Random random, TimeSpan window)
    {
        var until = TimeProvider.System.GetTimestamp();
        var wait = random.NextDouble() * window / 2;
        while (TimeProvider.System.GetElapsedTime(until) < wait)
        {
            await Task.Yield();
        }
    }
}
