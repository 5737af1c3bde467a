using Eventicat.Accounts;

namespace Eventicat.Gateway.RateLimiting;

/// <summary>One caller waiting for a decision. Its continuation never runs on the thread that decides.</summary>
internal sealed class PermitRequest(int permits, AccountLimit limit, long epoch)
    : TaskCompletionSource<SlidingWindowLease>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public int Permits => permits;

    public AccountLimit Limit => limit;

    public long Epoch => epoch;

    /// <summary>Whether one call can decide both: single permits of the same version of the account.</summary>
    public bool CanShareCallWith(PermitRequest other) =>
        permits == 1 && other.Permits == 1 && epoch == other.Epoch && ReferenceEquals(limit, other.Limit);
}
