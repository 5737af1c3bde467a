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

    /// <summary>Counts permits that were granted elsewhere, as granted now.</summary>
    public void Record(int permits)
    {
        var now = Now();
        lock (_gate)
        {
            _log.DropUntil(now - Limit.Window.Ticks);
            _log.Record(now, permits);
        }
    }

    /// <summary>Decides against another limit than the account's own, such as a share of it.</summary>
    public SlidingWindowLease Acquire(int permitCount, AccountLimit limit)
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
        ThrowIfMoreThanLimit(permitCount);
        return Acquire(permitCount, Limit);
    }

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) =>
        new(AttemptAcquireCore(permitCount));

    protected override long CountAvailable()
    {
        lock (_gate)
        {
            return _log.Acquire(Now(), 0, Limit.Permits, Limit.Window.Ticks).Remaining;
        }
    }

    private long Now() => Time.GetElapsedTime(0).Ticks;
}
