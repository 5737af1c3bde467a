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
}
