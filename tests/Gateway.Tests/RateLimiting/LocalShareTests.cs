using Eventicat.Accounts;
using Eventicat.Gateway.RateLimiting;
using Microsoft.Extensions.Time.Testing;

namespace Eventicat.Gateway.Tests.RateLimiting;

public sealed class LocalShareTests
{
    private const long RedisNow = 1_700_000_000_000_000;

    private static readonly AccountLimit Ten = new(10, TimeSpan.FromMinutes(1));

    private readonly FakeTimeProvider _time = new();
    private readonly LocalShare _share;

    public LocalShareTests() => _share = new LocalShare(keepsLog: true, _time);

    [Fact]
    public void Acquire_NothingHeardFromRedis_GrantsTheShare()
    {
        Assert.Equal(10, Drain(replicas: 1));
        Assert.Equal(3, Drain(new LocalShare(keepsLog: true, _time), replicas: 4));
    }

    [Fact]
    public void Acquire_OthersHaveUsedSome_GrantsWhatRedisLeft()
    {
        _share.Record(Reply(granted: 2, inUse: 7, at: RedisNow), Ten, []);

        Assert.Equal(3, Drain(replicas: 1));
    }

    [Theory]
    [InlineData(2, 9, 4, 1)]
    [InlineData(1, 1, 4, 2)]
    [InlineData(0, 9, 4, 1)]
    [InlineData(0, 10, 4, 0)]
    public void Acquire_SeveralReplicas_GrantsItsPartOfWhatRedisLeft(int granted, int inUse, int replicas, int expected)
    {
        _share.Record(Reply(granted, inUse, RedisNow), Ten, []);

        Assert.Equal(expected, Drain(replicas));
    }

    [Fact]
    public void Acquire_AsTimePasses_FreesItsOwnWhenTheyLeaveAndTheOthersNotBefore()
    {
        _share.Record(Reply(granted: 2, inUse: 2, at: RedisNow), Ten, []);
        _time.Advance(TimeSpan.FromSeconds(30));
        _share.Record(Reply(granted: 1, inUse: 10, at: RedisNow + 30_000_000), Ten, []);
        Assert.Equal(0, Drain(replicas: 1));
        Assert.Equal(TimeSpan.FromSeconds(30), _share.Acquire(1, Ten, replicas: 1).Status!.RetryAfter);

        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(2, Drain(replicas: 1));

        // One granted here and seven of others, at the last reply.
        _time.Advance(TimeSpan.FromSeconds(29.9));
        Assert.Equal(0, Drain(replicas: 1));
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(8, Drain(replicas: 1));
    }

    [Fact]
    public void Acquire_InAnyWindow_NeverGrantsMoreThanTheLimit()
    {
        var random = new Random(1);
        var granted = new List<DateTimeOffset>();
        for (var step = 0; step < 3000; step++)
        {
            _time.Advance(TimeSpan.FromSeconds(random.Next(12)));
            if (_share.Acquire(1, Ten, replicas: 1) is { IsAcquired: true })
            {
                granted.Add(_time.GetUtcNow());
            }
        }

        Assert.InRange(granted.Count, 1000, 3000);
        Assert.All(Enumerable.Range(0, granted.Count - 10), i => Assert.True(granted[i + 10] - granted[i] >= Ten.Window));
    }

    [Fact]
    public void TakeStock_GrantedHere_SaysHowMuchAndHowLongAgoUntilRedisHasIt()
    {
        _share.Record(Reply(granted: 1, inUse: 1, at: RedisNow), Ten, []);
        _share.Acquire(1, Ten, replicas: 1);
        _share.Acquire(1, Ten, replicas: 1);
        _time.Advance(TimeSpan.FromSeconds(20));
        _share.Acquire(1, Ten, replicas: 1);
        _time.Advance(TimeSpan.FromSeconds(5));

        var stock = _share.TakeStock(Ten, int.MaxValue);
        Assert.Equal([(2, 25_000_000), (1, 5_000_000)], stock.Select(grant => (grant.Permits, grant.Age)));

        // Granted while the call was under way: not with it.
        _share.Acquire(1, Ten, replicas: 1);
        _share.Record(Reply(granted: 1, inUse: 5, at: RedisNow + 25_000_000), Ten, stock);
        Assert.Equal([1], _share.TakeStock(Ten, int.MaxValue).Select(grant => grant.Permits));
    }

    [Fact]
    public void TakeStock_HoweverMuchWasGranted_IsFewEntries()
    {
        var limit = new AccountLimit(100_000, TimeSpan.FromMinutes(1));
        for (var i = 0; i < 50_000; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            _share.Acquire(1, limit, replicas: 1);
        }

        var stock = _share.TakeStock(limit, int.MaxValue);
        Assert.Equal(50_000, stock.Sum(grant => grant.Permits));
        Assert.InRange(stock.Length, 1, 65);
    }

    [Fact]
    public void TakeStock_InPieces_LeavesNothingOut()
    {
        var limit = new AccountLimit(5000, TimeSpan.FromMinutes(1));
        foreach (var permits in (int[])[1500, 1000, 10])
        {
            _share.Acquire(permits, limit, replicas: 1);
            _time.Advance(TimeSpan.FromSeconds(5));
        }

        var pieces = new List<(int, long)[]>();
        while (_share.HasUnsent)
        {
            var stock = _share.TakeStock(limit, 1200);
            pieces.Add([.. stock.Select(grant => (grant.Permits, grant.Age / 1_000_000))]);
            _share.Record(Reply(granted: 0, inUse: 0, at: RedisNow), limit, stock);
        }

        Assert.Equal([[(1200, 15)], [(300, 15), (900, 10)], [(100, 10), (10, 5)]], pieces);
    }

    [Fact]
    public void TakeStock_MoreThanTheLimitWasAllowed_IsTheNewestOfThem()
    {
        foreach (var permits in (int[])[8, 7, 6])
        {
            _share.Admit(permits, Ten);
            _time.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.Equal([(4, 10_000_000), (6, 5_000_000)], _share.TakeStock(Ten, int.MaxValue).Select(grant => (grant.Permits, grant.Age)));
    }

    [Fact]
    public void RecordLate_CallThatWasGivenUp_IsNotToldOfTwice()
    {
        _share.Acquire(1, Ten, replicas: 1);
        _share.Acquire(1, Ten, replicas: 1);

        _share.RecordLate(Reply(granted: 1, inUse: 1, at: RedisNow), grantedHere: 1, []);

        Assert.Equal([1], _share.TakeStock(Ten, int.MaxValue).Select(grant => grant.Permits));
    }

    [Fact]
    public void Counts_WindowPassed_NoMore()
    {
        _share.Record(Reply(granted: 1, inUse: 3, at: RedisNow), Ten, []);
        Assert.True(_share.Counts(Ten));

        _time.Advance(Ten.Window);

        Assert.False(_share.Counts(Ten));
    }

    private int Drain(int replicas) => Drain(_share, replicas);

    private static int Drain(LocalShare share, int replicas)
    {
        var granted = 0;
        while (share.Acquire(1, Ten, replicas).IsAcquired)
        {
            granted++;
        }

        return granted;
    }

    private static RedisSlidingWindowScript.Reply Reply(int granted, int inUse, long at) => new(granted, inUse, at, ResetAt: 0, RetryAt: 0, SentAt: 0);
}
