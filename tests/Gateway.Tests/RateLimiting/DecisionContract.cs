using Eventicat.Accounts;

namespace Eventicat.Gateway.Tests.RateLimiting;

/// <summary>What every engine that decides on permits must do, checked against <see cref="SlidingWindowOracle"/>.</summary>
public abstract class DecisionContract
{
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(40);

    /// <value>Units of the engine's time in one millisecond.</value>
    protected abstract long Millisecond { get; }

    protected abstract Task<Decision> AcquireAsync(AccountLimit limit, int requested);

    /// <summary>Lets up to two windows pass, or none.</summary>
    protected abstract Task PassTimeAsync(Random random, TimeSpan window);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Acquire_RandomBurstsCostsAndLimits_DecidesAsTheOracle(int seed)
    {
        var random = Seeded(seed);
        var oracle = new SlidingWindowOracle();
        var limit = new AccountLimit(5, Window);
        var window = (long)Window.TotalMilliseconds * Millisecond;
        var granted = 0;
        for (var step = 0; step < 1500; step++)
        {
            if (random.Next(40) == 0)
            {
                limit = limit with { Permits = random.Next(1, 12) };
            }

            if (random.Next(6) == 0)
            {
                await PassTimeAsync(random, Window);
            }

            var requested = random.Next(1, 4);
            var decision = await AcquireAsync(limit, requested);

            Assert.Equal(oracle.Acquire(decision.Now, requested, limit.Permits, window), decision.IsGranted);
            Assert.Equal(oracle.Remaining(decision.Now, limit.Permits, window), decision.Remaining);
            if (oracle.ResetAt(decision.Now, limit.Permits, window) is { } resetAt)
            {
                Assert.Equal(resetAt, decision.ResetAt);
            }

            granted += decision.IsGranted ? 1 : 0;
        }

        // Neither everything nor nothing was granted, or the comparison would say little.
        Assert.InRange(granted, 100, 1400);
        Assert.InRange(oracle.BusiestWindow(window), 2, 11);
    }

    [Fact]
    public async Task Acquire_AroundTheReset_IsRefusedJustBeforeAndGrantedAtIt()
    {
        var limit = new AccountLimit(3, TimeSpan.FromMilliseconds(500));
        for (var i = 0; i < 3; i++)
        {
            Assert.True((await AcquireAsync(limit, 1)).IsGranted);
        }

        var refused = await AcquireAsync(limit, 1);
        Assert.False(refused.IsGranted);
        var random = Seeded(1);
        for (var last = refused; ;)
        {
            var decision = await AcquireAsync(limit, 1);
            Assert.Equal(decision.Now >= refused.ResetAt, decision.IsGranted);
            Assert.Equal(refused.ResetAt, last.RetryAt);
            if (decision.IsGranted)
            {
                break;
            }

            last = decision;
            await PassTimeAsync(random, TimeSpan.FromMilliseconds(0.2));
        }
    }

    [Fact]
    public async Task Acquire_MoreThanIsLeft_GrantsNothingAndSaysWhenAllOfItWillBeFree()
    {
        var limit = new AccountLimit(4, TimeSpan.FromMinutes(1));
        var first = await AcquireAsync(limit, 1);
        var second = await AcquireAsync(limit, 2);

        var refused = await AcquireAsync(limit, 3);
        var one = await AcquireAsync(limit, 1);

        Assert.False(refused.IsGranted);
        Assert.Equal(1, refused.Remaining);
        Assert.Equal(second.Now + (60_000 * Millisecond), refused.RetryAt);
        Assert.Equal(first.Now + (60_000 * Millisecond), refused.ResetAt);
        Assert.True(one.IsGranted);
    }

    [Fact]
    public async Task Acquire_AfterLimitChanged_CountsWhatWasGrantedBefore()
    {
        var window = TimeSpan.FromMinutes(1);
        for (var i = 0; i < 5; i++)
        {
            Assert.True((await AcquireAsync(new AccountLimit(5, window), 1)).IsGranted);
        }

        Assert.False((await AcquireAsync(new AccountLimit(2, window), 1)).IsGranted);
        var raised = await AcquireAsync(new AccountLimit(6, window), 1);
        Assert.True(raised.IsGranted);
        Assert.Equal(0, raised.Remaining);
        Assert.False((await AcquireAsync(new AccountLimit(6, window), 1)).IsGranted);
    }

#pragma warning disable RS0030 // A seeded Random repeats a failure; nothing here is a secret.
    protected static Random Seeded(int seed) => new(seed);
#pragma warning restore RS0030
}
