using Eventicat.Gateway.Errors;
using Eventicat.Gateway.Requests;

namespace Eventicat.Gateway.Usage;

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
