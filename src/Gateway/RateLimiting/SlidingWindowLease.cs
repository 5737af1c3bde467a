using System.Globalization;
using System.Threading.RateLimiting;
using Eventicat.Gateway.Requests;

namespace Eventicat.Gateway.RateLimiting;

/// <summary>A decision of a sliding-window limiter. Disposing gives nothing back: a permit counts for its whole window.</summary>
internal sealed class SlidingWindowLease : RateLimitLease
{
    private static readonly string[] Names =
    [
        RateLimitMetadataName.Limit.Name, RateLimitMetadataName.Remaining.Name, RateLimitMetadataName.Reset.Name,
        RateLimitMetadataName.RetryAfter.Name, System.Threading.RateLimiting.MetadataName.RetryAfter.Name,
    ];

    public required LeaseOutcome Outcome { get; init; }

    /// <value>The limit's state; <c>null</c> when nothing was decided.</value>
    public RateLimitStatus? Status { get; init; }

    /// <value>
    /// When the call was sent that found the account's epoch to be the expected one, a <see cref="TimeProvider"/>
    /// timestamp; <c>null</c> when no call did.
    /// </value>
    public long? EpochConfirmedAt { get; init; }

    public override bool IsAcquired => Outcome == LeaseOutcome.Acquired;

    public override IEnumerable<string> MetadataNames => Status is null ? [] : Names;

    public override bool TryGetMetadata(string metadataName, out object? metadata)
    {
        metadata = Status is null ? null
            : metadataName == RateLimitMetadataName.Limit.Name ? Status.Limit.ToString(CultureInfo.InvariantCulture)
            : metadataName == RateLimitMetadataName.Remaining.Name ? (long)Status.Remaining
            : metadataName == RateLimitMetadataName.Reset.Name ? Status.ResetUnixSeconds
            : IsAcquired ? null
            : metadataName == RateLimitMetadataName.RetryAfter.Name ? (int)Status.RetryAfterSeconds
            : metadataName == System.Threading.RateLimiting.MetadataName.RetryAfter.Name ? Status.RetryAfter
            : null;
        return metadata is not null;
    }
}
