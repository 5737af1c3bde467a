using Eventicat.Accounts;
using Eventicat.Gateway.RateLimiting;

namespace Eventicat.Gateway.Tests.RateLimiting;

public sealed class SlidingWindowLogTests : DecisionContract
{
    private readonly SlidingWindowLog _log = new();
    private long _now = 1_000_000_000;

    protected override long Millisecond => TimeSpan.TicksPerMillisecond;

    protected override Task<Decision> AcquireAsync(AccountLimit limit, int requested)
    {
        var decision = _log.Acquire(_now, requested, limit.Permits, limit.Window.Ticks);
        return Task.FromResult(new Decision(decision.IsGranted, _now, decision.Remaining, _now + decision.ResetIn, _now + decision.RetryIn));
    }

    protected override Task PassTimeAsync(Random random, TimeSpan window)
    {
        _now += random.NextInt64(2 * window.Ticks);
        return Task.CompletedTask;
    }

    [Fact]
    public void Peek_AtAnyTime_SaysWhatADecisionWouldAndChangesNothing()
    {
        var random = new Random(1);
        var (log, twin) = (new SlidingWindowLog(), new SlidingWindowLog());
        var now = 0L;
        for (var step = 0; step < 5000; step++)
        {
            now += random.Next(0, 40);
            var (requested, permits, window) = (random.Next(0, 4), random.Next(1, 12), random.Next(50, 200));

            var (used, resetIn) = log.Peek(now, permits, window);
            var decision = log.Acquire(now, requested, permits, window);

            Assert.Equal(twin.Acquire(now, requested, permits, window), decision);
            if (requested == 0 || !decision.IsGranted)
            {
                Assert.Equal((Math.Max(0, permits - used), resetIn), (decision.Remaining, decision.ResetIn));
            }
        }
    }
}
