using System.Threading.RateLimiting;
using Eventicat.Accounts;

namespace Eventicat.Gateway.RateLimiting;

/// <summary>
/// The limiter of one account. Its limit can change at any time without forgetting what was admitted. What it admits
/// in any window, wherever the window is placed, is never more than the limit.
/// </summary>
internal abstract class AccountRateLimiter(AccountLimit limit, TimeProvider time) : RateLimiter
{
    private const long Retired = long.MinValue;

    private LimitVersion _version = new(limit, Epoch: 0);
    private long _lastUsed = time.GetTimestamp();
    private long _successful;
    private long _failed;

    public AccountLimit Limit => Version.Limit;

    /// <value>The account's epoch that the next decision is for.</value>
    public long Epoch => Version.Epoch;

    /// <value>Whether a decision also confirms that the account's epoch is <see cref="Epoch"/>.</value>
    public virtual bool ConfirmsEpoch => false;

    public override TimeSpan? IdleDuration => time.GetElapsedTime(Volatile.Read(ref _lastUsed));

    /// <value>Whether forgetting this limiter could admit a request that it would not.</value>
    public abstract bool IsNeeded { get; }

    /// <value>Whether all that it knows could be had again from elsewhere, at some cost.</value>
    public virtual bool IsReplaceable => false;

    protected TimeProvider Time => time;

    protected LimitVersion Version => Volatile.Read(ref _version);

    /// <summary>To be called before each use, which keeps the limiter for a while.</summary>
    /// <returns><c>false</c>: it was retired, and another has to take its place.</returns>
    public bool TryUse()
    {
        var now = time.GetTimestamp();
        long seen;
        do
        {
            seen = Volatile.Read(ref _lastUsed);
            if (seen == Retired)
            {
                return false;
            }
        }
        while (Interlocked.CompareExchange(ref _lastUsed, now, seen) != seen);
        return true;
    }

    /// <summary>Ends the use of a limiter that was idle for so long. Nobody can have begun to use it meanwhile.</summary>
    public bool TryRetire(TimeSpan idle)
    {
        var seen = Volatile.Read(ref _lastUsed);
        return seen != Retired && time.GetElapsedTime(seen) >= idle && Interlocked.CompareExchange(ref _lastUsed, Retired, seen) == seen;
    }

    /// <summary>The account as the caller knows it. A changed one makes earlier refusals void.</summary>
    public void Configure(AccountLimit limit, long epoch)
    {
        var version = Version;
        if (version.Epoch != epoch || (!ReferenceEquals(version.Limit, limit) && version.Limit != limit))
        {
            Volatile.Write(ref _version, new LimitVersion(limit, epoch));
            OnConfigured();
        }
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
    public ValueTask<SlidingWindowLease> DecideAsync(int permitCount, long epoch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var version = Version;
        return epoch == version.Epoch
            ? DecideAsync(permitCount, version, cancellationToken)
            : new(new SlidingWindowLease { Outcome = LeaseOutcome.AccountChanged });
    }

    protected abstract ValueTask<SlidingWindowLease> DecideAsync(int permitCount, LimitVersion version, CancellationToken cancellationToken);

    protected sealed override async ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) =>
        await DecideAsync(permitCount, Version, cancellationToken);

    protected virtual void OnConfigured()
    {
    }

    protected abstract long CountAvailable();

    protected SlidingWindowLease Count(SlidingWindowLease lease)
    {
        Interlocked.Increment(ref lease.IsAcquired ? ref _successful : ref _failed);
        return lease;
    }

    protected static void ThrowIfMoreThanLimit(int permitCount, AccountLimit limit)
    {
        if (permitCount > limit.Permits)
        {
            throw new ArgumentOutOfRangeException(nameof(permitCount), permitCount, $"The limit is {limit.Permits} permits.");
        }
    }
}

/// <summary>A limit and the epoch of the account that has it. One object, so that nobody sees the one without the other.</summary>
internal sealed record LimitVersion(AccountLimit Limit, long Epoch);
