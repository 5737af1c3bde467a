namespace Eventicat.Gateway.RateLimiting;

/// <summary>What the gateway does with a request whose limit Redis does not decide.</summary>
internal enum RedisFailurePolicy
{
    /// <summary>Limits it here, to this gateway's share, counting what this gateway admitted before.</summary>
    LocalShare,

    /// <summary>Admits it.</summary>
    Allow,

    /// <summary>Refuses it with 503, never with 429: the account is not over its limit.</summary>
    Deny,
}
