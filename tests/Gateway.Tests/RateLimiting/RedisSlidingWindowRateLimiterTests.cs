using System.Globalization;
using Eventicat.Accounts;
using Eventicat.Gateway.RateLimiting;
using Eventicat.TestSupport;
using Eventicat.TestSupport.Redis;
using StackExchange.Redis;

namespace Eventicat.Gateway.Tests.RateLimiting;

public sealed class RedisSlidingWindowRateLimiterTests(RedisFixture redis) : AccountRateLimiterContract, IAsyncDisposable
{
    private readonly string _prefix = RedisFixture.UniquePrefix();
    private readonly List<RedisLimiters> _gateways = [];

    [Fact]
    public async Task Acquire_FromTwoGateways_SharesOneLimit()
    {
        var limit = new AccountLimit(300, TimeSpan.FromMinutes(5));
        await using var one = Create(limit);
        await using var two = Create(limit);
        Assert.True((await DecideAsync(one)).IsAcquired);
        Assert.Equal(298, (await DecideAsync(two)).Status!.Remaining);

        var leases = await Task.WhenAll(Enumerable.Range(0, 2000).Select(i => Task.Run(() => DecideAsync(i % 2 == 0 ? one : two))));

        Assert.Equal(298, leases.Count(lease => lease.IsAcquired));
        Assert.Equal(300, one.GetStatistics()!.TotalSuccessfulLeases + two.GetStatistics()!.TotalSuccessfulLeases);
    }

    [Fact]
    public async Task Acquire_ScriptsFlushedMeanwhile_ChangesNothing()
    {
        await using var limiter = Create(new AccountLimit(100, TimeSpan.FromMinutes(5)));
        var admitted = 0;
        for (var i = 0; i < 200; i++)
        {
            if (i % 20 == 10)
            {
                await redis.Database.ExecuteAsync("SCRIPT", "FLUSH");
            }

            var lease = await DecideAsync(limiter);
            Assert.True(lease.Outcome is LeaseOutcome.Acquired or LeaseOutcome.Rejected);
            admitted += lease.IsAcquired ? 1 : 0;
        }

        Assert.Equal(100, admitted);
    }

    [Fact]
    public async Task Acquire_AfterARefusal_AsksRedisNoMoreUntilTheReset()
    {
        await using var limiter = Create(new AccountLimit(1, TimeSpan.FromMinutes(1)));
        await DecideAsync(limiter);
        Assert.False((await DecideAsync(limiter)).IsAcquired);
        await redis.Database.KeyDeleteAsync($"{_prefix}:limit:{{acme}}");

        for (var i = 0; i < 50; i++)
        {
            Assert.False((await DecideAsync(limiter)).IsAcquired);
        }

        // Had any of them asked, Redis, which has forgotten everything, would have admitted it.
        Assert.False(await redis.Database.KeyExistsAsync($"{_prefix}:limit:{{acme}}"));
    }

    [Fact]
    public async Task Acquire_ManyAtOnce_ShareCalls()
    {
        await using var server = await RedisServer.StartAsync(Token);
        await using var gateway = new RedisLimiters(server.Connection, "t");
        await using var limiter = gateway.Create(new AccountLimit(100_000, TimeSpan.FromMinutes(5)));

        await Task.WhenAll(Enumerable.Range(0, 2000).Select(_ => Task.Run(() => DecideAsync(limiter))));

        await using var multiplexer = await ConnectionMultiplexer.ConnectAsync(server.Connection + ",allowAdmin=true");
        var info = (string)(await multiplexer.GetDatabase().ExecuteAsync("INFO", "commandstats"))!;
        var calls = info.Split("cmdstat_evalsha:calls=")[1].Split(',')[0];
        Assert.InRange(int.Parse(calls, CultureInfo.InvariantCulture), 1, 500);
    }

    [Fact]
    public async Task Acquire_AlreadyCancelled_SpendsNothing()
    {
        await using var limiter = Create(new AccountLimit(100, TimeSpan.FromMinutes(5)));
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await limiter.DecideAsync(1, 0, cancelled.Token));
        var lease = await DecideAsync(limiter);

        Assert.Equal(99, lease.Status!.Remaining);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var gateway in _gateways)
        {
            await gateway.DisposeAsync();
        }
    }

    private protected override AccountRateLimiter Create(AccountLimit limit)
    {
        var gateway = new RedisLimiters(redis.Connection, _prefix);
        _gateways.Add(gateway);
        return gateway.Create(limit);
    }

    /// <remarks>A timer may fire a moment early; the clock decides.</remarks>
    protected override Task PassAsync(TimeSpan time)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        return Eventually.HoldsAsync(() => Task.FromResult(TimeProvider.System.GetElapsedTime(startedAt) > time), time + TimeSpan.FromSeconds(10), Token);
    }
}
