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
}
