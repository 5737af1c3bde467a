namespace Eventicat.Dashboard.Usage;

/// <summary>The window of an account's limit, now.</summary>
/// <param name="Limit">Permits per window.</param>
/// <param name="Window">The window's length.</param>
/// <param name="Used">Requests admitted within the last window.</param>
/// <param name="Remaining">Permits left.</param>
/// <param name="ResetTime">Unix time in seconds at which there is at least one permit more.</param>
internal sealed record LimitWindow(int Limit, TimeSpan Window, int Used, int Remaining, long ResetTime);
