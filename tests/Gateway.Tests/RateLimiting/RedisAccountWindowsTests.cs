using Eventicat.Accounts;
using Eventicat.Gateway.RateLimiting;
using Eventicat.Gateway.Requests;
using Eventicat.Redis;
using Eventicat.TestSupport.Redis;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Eventicat.Gateway.Tests.RateLimiting;

/// <summary>Looking at a log: the same as a decision would find, and nothing of it changed.</summary>
public sealed class RedisAccountWindowsTests : IAsyncDisposable
{
    private static readonly Account Acme = new() { Id = AccountId.Parse("acme"), Limit = new AccountLimit(3, TimeSpan.FromSeconds(60)) };

    private readonly IDatabase _database;
    private readonly RedisKey _log;
    private readonly RedisConnection _connection;
    private readonly RedisAccountWindows _windows;
    private readonly RedisSlidingWindowScript _script;

    public RedisAccountWindowsTests(RedisFixture redis)
    {
        var prefix = RedisFixture.UniquePrefix();
        var options = Options.Create(new RateLimitOptions { Deadline = TimeSpan.FromSeconds(10) });
        _database = redis.Database;
        _log = $"{prefix}:limit:{{acme}}";
        _connection = new RedisConnection(new RedisOptions { Connection = redis.Connection, Prefix = prefix });
        _connection.Endpoints.Deadline = options.Value.Deadline;
        _windows = new RedisAccountWindows(
            _connection, new AccountRateLimiters(options, (_, _) => throw new NotSupportedException()), TimeProvider.System);
        _script = new RedisSlidingWindowScript(_connection, TimeProvider.System);
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    [Theory]
    [InlineData]
    [InlineData(-10.0)]
    [InlineData(-61.0)]
    [InlineData(-61.0, -60.5, -10.0)]
    [InlineData(-100.0, -90.0, -80.0, -70.0, -50.0, -40.0)]
    [InlineData(-50.0, -40.0, -30.0)]
    [InlineData(-50.0, -40.0, -30.0, -20.0, -10.0)]
    [InlineData(-10.0, 0.5)]
    [InlineData(-60.2, -10.0, 0.5)]
    [InlineData(3540.0, 3600.0)]
    [InlineData(3500.0, 3550.0, 3590.0, 3600.0)]
    public async Task Peek_FindsWhatADecisionFinds_AndChangesNothing(params double[] secondsFromNow)
    {
        var now = await NowAsync();
        if (secondsFromNow.Length > 0)
        {
            await _database.ListRightPushAsync(_log, [.. secondsFromNow.Select(seconds => (RedisValue)(now + (long)(seconds * 1_000_000)))]);
            await _database.KeyExpireAsync(_log, TimeSpan.FromHours(5));
        }

        var before = await _database.ListRangeAsync(_log);
        var window = (await _windows.PeekAsync(Acme, TestContext.Current.CancellationToken))!.Value;
        var after = await _database.ListRangeAsync(_log);
        var lifetime = await _database.KeyTimeToLiveAsync(_log);
        var decision = await _script.RunAsync(Acme.Id, Acme.Limit!, requested: 0, isPartial: false, epoch: null);

        Assert.Equal(before, after);
        Assert.True(secondsFromNow.Length == 0 || lifetime > TimeSpan.FromHours(4));
        Assert.Equal(decision.InUse, window.Used);
        var reset = decision.ResetAt == 0 ? decision.Now : decision.ResetAt;
        Assert.InRange((window.ResetAt - DateTimeOffset.UnixEpoch).TotalSeconds, (reset / 1e6) - 0.4, (reset / 1e6) + 0.4);
    }

    [Fact]
    public async Task Peek_RedisAway_IsUnknown()
    {
        await using var connection = new RedisConnection(new RedisOptions { Connection = "127.0.0.1:1" });
        var limiters = new AccountRateLimiters(Options.Create(new RateLimitOptions()), (_, _) => throw new NotSupportedException());
        IAccountWindows windows = new RedisAccountWindows(connection, limiters, TimeProvider.System);

        Assert.Null(await windows.PeekAsync(Acme, TestContext.Current.CancellationToken));
    }

    private async Task<long> NowAsync()
    {
        var time = (RedisResult[])(await _database.ExecuteAsync("TIME"))!;
        return ((long)time[0] * 1_000_000) + (long)time[1];
    }
}
