using System.Threading.RateLimiting;
using Eventicat.Accounts;
using Eventicat.Gateway.RateLimiting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Eventicat.Gateway.Tests.RateLimiting;

public sealed class AccountRateLimitersTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly AccountRateLimiters _limiters;

    public AccountRateLimitersTests() => _limiters = new AccountRateLimiters(
        Options.Create(new RateLimitOptions { Permits = 7 }), (_, limit) => new SlidingWindowLogRateLimiter(limit, _time));

    [Fact]
    public void For_AccountWithoutLimit_HasTheDefault() =>
        Assert.Equal(new AccountLimit(7, TimeSpan.FromMinutes(1)), _limiters.For(Snapshot("a")).Limit);

    [Fact]
    public void For_SameAccount_IsTheSameLimiterWithThePresentLimit()
    {
        var first = _limiters.For(Snapshot("a"));
        var second = _limiters.For(Snapshot("a", new AccountLimit(3, TimeSpan.FromSeconds(1)), epoch: 2));

        Assert.Same(first, second);
        Assert.Equal(3, first.Limit.Permits);
        Assert.Equal(2, first.Epoch);
    }

    [Fact]
    public void For_IdleAccounts_AreForgottenOnceTheirWindowHasPassed()
    {
        for (var i = 0; i < 1000; i++)
        {
            _limiters.For(Snapshot($"a{i}"));
        }

        PassMinutes(4);

        Assert.InRange(_limiters.Count, 0, 1);
    }

    [Fact]
    public void For_IdleAccountWithinItsWindow_StillCountsWhatItAdmitted()
    {
        var limit = new AccountLimit(1, TimeSpan.FromHours(1));
        Assert.True(_limiters.For(Snapshot("slow", limit)).AttemptAcquire().IsAcquired);

        PassMinutes(59);

        Assert.False(_limiters.For(Snapshot("slow", limit)).AttemptAcquire().IsAcquired);
        PassMinutes(1);
        Assert.True(_limiters.For(Snapshot("slow", limit)).AttemptAcquire().IsAcquired);
    }

    [Fact]
    public void Trim_LimiterInUse_IsNeverTheOneThatIsForgotten()
    {
        var limiter = _limiters.For(Snapshot("a"));
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.True(limiter.TryUse());

        _limiters.Trim();

        Assert.Same(limiter, _limiters.For(Snapshot("a")));
        _time.Advance(TimeSpan.FromMinutes(5));
        _limiters.Trim();
        Assert.False(limiter.TryUse());
        Assert.NotSame(limiter, _limiters.For(Snapshot("a")));
    }

    [Fact]
    public void Trim_LimitersThatNeedNotBeHere_AreKeptUpToABound()
    {
        var limiters = new AccountRateLimiters(Options.Create(new RateLimitOptions()), (_, limit) => new Replaceable(limit, _time));
        for (var i = 0; i < AccountRateLimiters.MostReplaceable + 10; i++)
        {
            limiters.For(Snapshot($"a{i}"));
        }

        _time.Advance(TimeSpan.FromMinutes(5));
        limiters.For(Snapshot("a0"));
        _time.Advance(TimeSpan.FromMinutes(2));
        limiters.Trim();

        Assert.Equal(AccountRateLimiters.MostReplaceable, limiters.Count);
        Assert.NotNull(limiters.Find(AccountId.Parse("a0")));
    }

    [Fact]
    public async Task Decide_WhileTheAccountChanges_NeverMixesTwoVersions()
    {
        var (small, large) = (new AccountLimit(1_000, TimeSpan.FromHours(1)), new AccountLimit(1_000_000, TimeSpan.FromHours(2)));
        var limiter = _limiters.For(Snapshot("a", small, epoch: 1));
        var isOver = false;
        var changing = Task.Run(() =>
        {
            while (!Volatile.Read(ref isOver))
            {
                limiter.Configure(large, epoch: 2);
                limiter.Configure(small, epoch: 1);
            }
        }, TestContext.Current.CancellationToken);

        var limits = new HashSet<int>();
        for (var decided = 0; decided < 200_000; decided++)
        {
            var lease = await limiter.DecideAsync(0, epoch: 1, TestContext.Current.CancellationToken);
            if (lease.Outcome != LeaseOutcome.AccountChanged)
            {
                limits.Add(lease.Status!.Limit);
            }
        }

        Volatile.Write(ref isOver, true);
        await changing;
        Assert.Equal([1_000], limits);
    }

    private void PassMinutes(int minutes)
    {
        for (var i = 0; i < minutes; i++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            _limiters.For(Snapshot("busy"));
            _limiters.Trim();
        }
    }

    private static AccountSnapshot Snapshot(string id, AccountLimit? limit = null, long epoch = 1) =>
        new(new Account { Id = AccountId.Parse(id), Limit = limit }, epoch);

    private sealed class Replaceable(AccountLimit limit, TimeProvider time) : AccountRateLimiter(limit, time)
    {
        public override bool IsNeeded => true;

        public override bool IsReplaceable => true;

        protected override ValueTask<SlidingWindowLease> DecideAsync(int permitCount, LimitVersion version, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        protected override RateLimitLease AttemptAcquireCore(int permitCount) => throw new NotSupportedException();

        protected override long CountAvailable() => 0;
    }
}
