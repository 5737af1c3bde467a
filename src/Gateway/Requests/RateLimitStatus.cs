namespace Eventicat.Gateway.Requests;

/// <summary>The account's limit as of this request.</summary>
/// <param name="Limit">Permits per window.</param>
/// <param name="Window">The window's length.</param>
/// <param name="Remaining">Permits left now.</param>
/// <param name="ResetAt">
/// When the counted request that blocks the next one (or, with permits left, the oldest) leaves the window.
/// </param>
/// <param name="RetryAfter">The same moment, from now.</param>
internal sealed record RateLimitStatus(int Limit, TimeSpan Window, int Remaining, DateTimeOffset ResetAt, TimeSpan RetryAfter)
{
    /// <value>Unix time in seconds, rounded up, so that waiting until then suffices.</value>
    public long ResetUnixSeconds => (ResetAt.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond;

    /// <value>Whole seconds, rounded up, at least 1.</value>
    public long RetryAfterSeconds => Math.Max(1, (RetryAfter.Ticks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond);
}
