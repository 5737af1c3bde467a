using System.Threading.RateLimiting;
using Eventicat.Accounts;

namespace Eventicat.Gateway.RateLimiting;

/// <summary>
/// The limiter of one account. Its limit can change at any time without forgetting what was admitted. What it admits
/// in any window, wherever the window is placed, is never more than the limit.
/// </summary>
internal abstract class AccountRateLimiter(AccountLimit limit, TimeProvider time) : RateLimiter
{
    private volatile AccountLimit _limit = limit;
    private long _lastUsed = time.GetTimestamp();
    private long _epoch;
    private long _successful;
    private long _failed;

    public AccountLimit Limit => _limit;

    /// <value>The account's epoch that the next decision is for.</value>
    public long Epoch => Volatile.Read(ref _epoch);

    /// <value>Whether a decision also confirms that the account's epoch is <see cref="Epoch"/>.</value>
    public virtual bool ConfirmsEpoch => false;

    public override TimeSpan? IdleDuration => time.GetElapsedTime(Volatile.Read(ref _lastUsed));

    protected TimeProvider Time => time;

    /// <summary>The account as the caller knows it. A changed one makes earlier refusals void.</summary>
    public void Configure(AccountLimit limit, long epoch)
    {
        Volatile.Write(ref _lastUsed, time.GetTimestamp());
        if (Epoch == epoch && (ReferenceEquals(_limit, limit) || _limit == limit))
        {
            return;
        }

        _limit = limit;
        Volatile.Write(ref _epoch, epoch);
        OnConfigured();
    }

    /// <summary>A refusal that needs nobody to be asked, or <c>null</c>.</summary>
    public virtual SlidingWindowLease? TryReject() => null;

    public override RateLimiterStatistics GetStatistics() => new()
    {
        CurrentAvailablePermits = CountAvailable(),
        TotalSuccessfulLeases = Volatile.Read(ref _successful),
        TotalFailedLeases = Volatile.Read(ref _failed),
    };

    /// <summary>
    /// Decides for a caller that knows the account at <paramref name="epoch"/>; one that knows another version than
    /// the limiter gets <see cref="LeaseOutcome.AccountChanged"/>.
    /// </summary>
    public async ValueTask<SlidingWindowLease> DecideAsync(int permitCount, long epoch, CancellationToken cancellationToken) =>
        epoch == Epoch
            ? (SlidingWindowLease)await AcquireAsync(permitCount, cancellationToken)
            : new SlidingWindowLease { Outcome = LeaseOutcome.AccountChanged };

    protected virtual void OnConfigured()
    {
    }

    protected abstract long CountAvailable();

    protected SlidingWindowLease Count(SlidingWindowLease lease)
    {
        Interlocked.Increment(ref lease.IsAcquired ? ref _successful : ref _failed);
        return lease;
    }

    protected void ThrowIfMoreThanLimit(int permitCount)
    {
        if (permitCount > _limit.Permits)
        {
            throw new ArgumentOutOfRangeException(nameof(permitCount), permitCount, $"The limit is {_limit.Permits} permits.");
        }
    }
}
