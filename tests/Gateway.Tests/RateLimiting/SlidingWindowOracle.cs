namespace Eventicat.Gateway.Tests.RateLimiting;

/// <summary>What an exact sliding window is, by brute force: every grant ever made, looked through on every question.</summary>
internal sealed class SlidingWindowOracle
{
    private readonly List<(long At, int Permits)> _grants = [];

    public bool Acquire(long now, int requested, int permits, long window)
    {
        if (InWindow(now, window) + requested > permits)
        {
            return false;
        }

        _grants.Add((now, requested));
        return true;
    }

    public int Remaining(long now, int permits, long window) => Math.Max(0, permits - InWindow(now, window));

    /// <summary>The first moment after <paramref name="now"/> at which more is free than now; <c>null</c> when nothing is in use.</summary>
    public long? ResetAt(long now, int permits, long window)
    {
        var used = InWindow(now, window);
        return _grants.Select(grant => grant.At + window)
            .Where(moment => moment > now && InWindow(moment, window) < Math.Min(used, permits))
            .Order().Select(moment => (long?)moment).FirstOrDefault();
    }

    /// <summary>The most that any window, wherever it is placed, has seen.</summary>
    public int BusiestWindow(long window) => _grants.Count == 0 ? 0 : _grants.Max(grant => InWindow(grant.At, window));

    /// <summary>A window that ends at a moment contains the grants after its start, up to and at the moment.</summary>
    private int InWindow(long end, long window) =>
        _grants.Where(grant => grant.At > end - window && grant.At <= end).Sum(grant => grant.Permits);
}
