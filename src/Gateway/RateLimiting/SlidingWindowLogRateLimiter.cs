using System.Threading.RateLimiting;
using Eventicat.Accounts;
using Eventicat.Gateway.Requests;

namespace Eventicat.Gateway.RateLimiting;

/// <summary>
/// An exact sliding window in this process's memory, 8 bytes for each permit of the present window. Its clock is the
/// monotonic one: setting the machine's clock has no effect on what is admitted.
/// </summary>
internal sealed class SlidingWindowLogRateLimiter(AccountLimit limit, TimeProvider time) : AccountRateLimiter(limit, time)
{
    private readonly Lock _gate = new();
    private readonly SlidingWindowLog _log = new();

    public override bool IsNeeded
    {
        get
        {
            lock (_gate)
            {
                _log.DropUntil(Now() - Limit.Window.Ticks);
                _log.TrimExcess();
                return _log.Count > 0;
            }
        }
    }

    /// <summary>What counts at present against this limit.</summary>
    public AccountWindow Peek(AccountLimit limit)
    {
        lock (_gate)
        {
            var (used, resetIn) = _log.Peek(Now(), limit.Permits, limit.Window.Ticks);
            return new AccountWindow(limit, used, Time.GetUtcNow() + TimeSpan.FromTicks(resetIn));
        }
    }

    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        var current = Limit;
        ThrowIfMoreThanLimit(permitCount, current);
        return Acquire(permitCount, current);
    }

    protected override ValueTask<SlidingWindowLease> DecideAsync(int permitCount, LimitVersion version, CancellationToken cancellationToken)
    {
        ThrowIfMoreThanLimit(permitCount, version.Limit);
        return new(Acquire(permitCount, version.Limit));
    }

    protected override long CountAvailable()
    {
        lock (_gate)
        {
            return _log.Acquire(Now(), 0, Limit.Permits, Limit.Window.Ticks).Remaining;
        }
    }

    private SlidingWindowLease Acquire(int permitCount, AccountLimit limit)
    {
        SlidingWindowDecision decision;
        lock (_gate)
        {
            decision = _log.Acquire(Now(), permitCount, limit.Permits, limit.Window.Ticks);
        }

        return Count(new SlidingWindowLease
        {
            Outcome = decision.IsGranted ? LeaseOutcome.Acquired : LeaseOutcome.Rejected,
            Status = new RateLimitStatus(
                limit.Permits,
                limit.Window,
                decision.Remaining,
                Time.GetUtcNow() + TimeSpan.FromTicks(decision.ResetIn),
                TimeSpan.FromTicks(decision.IsGranted ? decision.ResetIn : decision.RetryIn)),
        });
    }

    private long Now() => Time.GetElapsedTime(0).Ticks;
}
