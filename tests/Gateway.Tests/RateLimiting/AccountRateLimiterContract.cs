using System.Threading.RateLimiting;
using Eventicat.Accounts;
using Eventicat.Gateway.RateLimiting;

namespace Eventicat.Gateway.Tests.RateLimiting;

/// <summary>What every limiter of an account must do, wherever its log is.</summary>
public abstract class AccountRateLimiterContract
{
    private static readonly AccountLimit Five = new(5, TimeSpan.FromMinutes(1));

    private protected abstract AccountRateLimiter Create(AccountLimit limit);

    /// <summary>Returns when at least this much time has passed for the limiter.</summary>
    protected abstract Task PassAsync(TimeSpan time);

    [Fact]
    public async Task Acquire_UpToTheLimit_CountsDownAndThenRejects()
    {
        await using var limiter = Create(Five);
        for (var remaining = 4; remaining >= 0; remaining--)
        {
            var lease = await DecideAsync(limiter);
            Assert.True(lease.IsAcquired);
            Assert.Equal(remaining, lease.Status!.Remaining);
            Assert.Equal(5, lease.Status.Limit);
        }

        var rejected = await DecideAsync(limiter);

        Assert.Equal(LeaseOutcome.Rejected, rejected.Outcome);
        Assert.Equal(0, rejected.Status!.Remaining);
        Assert.InRange(rejected.Status.RetryAfterSeconds, 59, 60);
    }

    [Fact]
    public async Task Acquire_AfterTheTimeItNamed_IsAdmitted()
    {
        await using var limiter = Create(new AccountLimit(2, TimeSpan.FromSeconds(2)));
        await DecideAsync(limiter);
        await DecideAsync(limiter);
        var rejected = await DecideAsync(limiter);

        await PassAsync(rejected.Status!.RetryAfter);

        Assert.False(rejected.IsAcquired);
        Assert.True((await DecideAsync(limiter)).IsAcquired);
    }

    [Fact]
    public async Task Acquire_TwentyThousandAtOnce_AdmitsExactlyTheLimit()
    {
        await using var limiter = Create(new AccountLimit(500, TimeSpan.FromMinutes(5)));

        var leases = await Task.WhenAll(Enumerable.Range(0, 20_000).Select(_ => Task.Run(() => DecideAsync(limiter))));

        Assert.Equal(500, leases.Count(lease => lease.IsAcquired));
        Assert.All(leases, lease => Assert.True(lease.Outcome is LeaseOutcome.Acquired or LeaseOutcome.Rejected));
        Assert.Equal(500, leases.Where(lease => lease.IsAcquired).Select(lease => lease.Status!.Remaining).Distinct().Count());
        Assert.Equal(500, limiter.GetStatistics()!.TotalSuccessfulLeases);
        Assert.Equal(19_500, limiter.GetStatistics()!.TotalFailedLeases);
    }

    [Fact]
    public async Task Acquire_SeveralPermits_IsAllOrNothing()
    {
        await using var limiter = Create(Five);

        Assert.True((await limiter.AcquireAsync(3, Token)).IsAcquired);
        Assert.False((await limiter.AcquireAsync(3, Token)).IsAcquired);
        Assert.True((await limiter.AcquireAsync(2, Token)).IsAcquired);
        Assert.False((await limiter.AcquireAsync(1, Token)).IsAcquired);
    }

    [Fact]
    public async Task Acquire_MoreThanTheLimit_Throws()
    {
        await using var limiter = Create(Five);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await limiter.AcquireAsync(6, Token));
    }

    [Fact]
    public async Task Acquire_AfterDispose_GivesNothingBack()
    {
        await using var limiter = Create(new AccountLimit(1, TimeSpan.FromMinutes(1)));
        (await limiter.AcquireAsync(1, Token)).Dispose();

        Assert.False((await limiter.AcquireAsync(1, Token)).IsAcquired);
    }

    [Fact]
    public async Task Configure_RaisedLimit_AdmitsTheDifferenceAtOnce()
    {
        await using var limiter = Create(Five);
        for (var i = 0; i < 6; i++)
        {
            await DecideAsync(limiter);
        }

        limiter.Configure(Five with { Permits = 7 }, epoch: 1);

        Assert.True((await DecideAsync(limiter)).IsAcquired);
        Assert.True((await DecideAsync(limiter)).IsAcquired);
        Assert.False((await DecideAsync(limiter)).IsAcquired);
    }

    [Fact]
    public async Task Configure_LoweredLimit_CountsWhatWasAdmitted()
    {
        await using var limiter = Create(Five);
        await DecideAsync(limiter);
        await DecideAsync(limiter);

        limiter.Configure(Five with { Permits = 2 }, epoch: 1);

        Assert.False((await DecideAsync(limiter)).IsAcquired);
    }

    [Fact]
    public async Task Decide_ForAnotherVersionOfTheAccount_SpendsNothing()
    {
        await using var limiter = Create(new AccountLimit(1, TimeSpan.FromMinutes(1)));

        var other = await limiter.DecideAsync(1, epoch: 42, Token);

        Assert.Equal(LeaseOutcome.AccountChanged, other.Outcome);
        Assert.True((await DecideAsync(limiter)).IsAcquired);
    }

    [Fact]
    public async Task Lease_Metadata_HasThePackagesNames()
    {
        await using var limiter = Create(new AccountLimit(1, TimeSpan.FromMinutes(1)));
        using var acquired = await limiter.AcquireAsync(1, Token);
        using var rejected = await limiter.AcquireAsync(1, Token);

        Assert.True(acquired.TryGetMetadata(RateLimitMetadataName.Limit, out var limit));
        Assert.Equal("1", limit);
        Assert.True(acquired.TryGetMetadata(RateLimitMetadataName.Remaining, out var remaining));
        Assert.Equal(0, remaining);
        Assert.True(acquired.TryGetMetadata(RateLimitMetadataName.Reset, out _));
        Assert.False(acquired.TryGetMetadata(RateLimitMetadataName.RetryAfter, out _));
        Assert.True(rejected.TryGetMetadata(RateLimitMetadataName.RetryAfter, out var seconds));
        Assert.InRange(seconds, 59, 60);
        Assert.True(rejected.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter));
        Assert.InRange(retryAfter, TimeSpan.FromSeconds(58), TimeSpan.FromSeconds(60));
    }

    private protected static async Task<SlidingWindowLease> DecideAsync(AccountRateLimiter limiter) =>
        await limiter.DecideAsync(1, limiter.Epoch, Token);

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;
}
