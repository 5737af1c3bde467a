namespace Eventicat.Gateway.RateLimiting;

internal enum LeaseOutcome
{
    /// <summary>Admitted; the permits are spent.</summary>
    Acquired,

    /// <summary>Over the limit; nothing is spent.</summary>
    Rejected,

    /// <summary>The account is no longer what the caller thinks it is; nothing is spent.</summary>
    AccountChanged,

    /// <summary>Nobody could decide, and the policy is to refuse.</summary>
    Unavailable,
}
