using Eventicat.Accounts;
using Eventicat.Accounts.Caching;
using Eventicat.Gateway.Errors;

namespace Eventicat.Gateway.Requests;

/// <summary>
/// What the rooms know of one request, filled in order of the pipeline. A feature of the request, put there below the
/// host; a request without one has not had its key taken out of the URL and must not be served.
/// </summary>
internal sealed class GatewayRequest
{
    /// <value>UUIDv7, made here; the client's is never trusted.</value>
    public required string Id { get; init; }

    /// <value>
    /// Credentials: why the request as it came is not served, its query was blanked. Forwarding: the same of its headers.
    /// </value>
    public GatewayError? Refusal { get; set; }

    /// <value>Credentials: characters of the request target as it came, the key included.</value>
    public int TargetLength { get; init; }

    /// <value>Credentials: what the request presented.</value>
    public Credential Credential { get; init; }

    /// <value>Credentials: the parameter <c>_id</c>, decoded.</value>
    public AggregatorParameter AggregatorParameter { get; init; }

    /// <value>Authentication: the key, once it was verified.</value>
    public VerifiedKey? Verified { get; set; }

    /// <value>Rate limiting: what the limiter said; <c>null</c> before it was asked and on routes without an account.</value>
    public RateLimitStatus? RateLimit { get; set; }

    /// <value>Ownership: the aggregator, once it proved to be the account's.</value>
    public AggregatorId? Aggregator { get; set; }

    /// <value>Whether every check that the route asks for has passed; nothing else is forwarded.</value>
    public bool IsAdmitted { get; set; }

    /// <value>The answer that the gateway gave itself, if it did.</value>
    public GatewayError? Error { get; set; }
}
