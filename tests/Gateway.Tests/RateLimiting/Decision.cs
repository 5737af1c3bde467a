namespace Eventicat.Gateway.Tests.RateLimiting;

/// <summary>An engine's decision in its own unit of time.</summary>
public sealed record Decision(bool IsGranted, long Now, int Remaining, long ResetAt, long RetryAt);
