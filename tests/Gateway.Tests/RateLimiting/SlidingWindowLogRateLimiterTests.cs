using Eventicat.Accounts;
using Eventicat.Gateway.RateLimiting;
using Eventicat.TestSupport;

namespace Eventicat.Gateway.Tests.RateLimiting;

public sealed class SlidingWindowLogRateLimiterTests : AccountRateLimiterContract
{
    private readonly SteppedTime _time = new();

    [Fact]
    public async Task Acquire_WallClockSetBack_HasNoEffect()
    {
        await using var limiter = Create(new AccountLimit(1, TimeSpan.FromSeconds(10)));
        await DecideAsync(limiter);
        _time.Advance(TimeSpan.FromSeconds(9));

        _time.StepWallClock(TimeSpan.FromHours(-5));

        Assert.False((await DecideAsync(limiter)).IsAcquired);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True((await DecideAsync(limiter)).IsAcquired);
    }

    private protected override AccountRateLimiter Create(AccountLimit limit) => new SlidingWindowLogRateLimiter(limit, _time);

    protected override Task PassAsync(TimeSpan time)
    {
        _time.Advance(time);
        return Task.CompletedTask;
    }
}
