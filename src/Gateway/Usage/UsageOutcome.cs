namespace Eventicat.Gateway.Usage;

/// <summary>How a request with a usable key ended.</summary>
internal enum UsageOutcome
{
    /// <summary>The backend answered, whatever it said.</summary>
    Forwarded,

    /// <summary>Over the limit (429).</summary>
    Limited,

    /// <summary>Wrong in itself: the aggregator, the scope, the body (other 4xx).</summary>
    Rejected,

    /// <summary>Nobody answered: the gateway or the backend failed (5xx), or the client left before either could.</summary>
    Failed,

    /// <summary>The key came in the URL, and policy is to refuse that (401).</summary>
    Refused,
}
