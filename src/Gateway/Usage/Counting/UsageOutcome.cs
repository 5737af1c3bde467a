using Eventicat.Gateway.Errors;
using Eventicat.Gateway.Requests;

namespace Eventicat.Gateway.Usage.Counting;

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

/// <summary>What a request's outcome is, and what outcomes are called in stores and answers.</summary>
internal static class UsageOutcomes
{
    /// <value>In the order of <see cref="UsageOutcome"/>. They are stored: a name may be added, never changed.</value>
    public static readonly string[] Names = ["forwarded", "limited", "rejected", "failed", "refused"];

    public static UsageOutcome Of(GatewayRequest request, bool isAnswered) => request.Error switch
    {
        null => isAnswered ? UsageOutcome.Forwarded : UsageOutcome.Failed,
        { Status: StatusCodes.Status429TooManyRequests } => UsageOutcome.Limited,
        { Status: >= StatusCodes.Status500InternalServerError } => UsageOutcome.Failed,
        var error when error == GatewayErrors.UrlKeyRefused => UsageOutcome.Refused,
        _ => UsageOutcome.Rejected,
    };
}
