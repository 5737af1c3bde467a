namespace Eventicat.Gateway.RateLimiting;

/// <summary>One caller waiting for a decision. Its continuation never runs on the thread that decides.</summary>
/// <param name="permits">0: nothing is asked for, but Redis is told what was granted here.</param>
/// <param name="version">The account as the caller knows it.</param>
internal sealed class PermitRequest(int permits, LimitVersion version)
    : TaskCompletionSource<SlidingWindowLease>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public int Permits => permits;

    public LimitVersion Version => version;

    /// <summary>Whether one call can decide both: single permits of the same version of the account.</summary>
    public bool CanShareCallWith(PermitRequest other) =>
        permits == 1 && other.Permits == 1 && ReferenceEquals(version, other.Version);
}
