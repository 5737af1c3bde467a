using System.Runtime.InteropServices;
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

/// <summary>The key of a request, if it presented exactly one well-formed key.</summary>
/// <param name="Key"><c>null</c>: none, more than one, or not well-formed; the client is not told which.</param>
/// <param name="InUrl">Whether the URL carried a credential, well-formed or not.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Credential(ApiKey? Key, bool InUrl);

/// <summary>The parameter <c>_id</c> of a query.</summary>
/// <param name="Value">Decoded once; <c>null</c> when it is missing.</param>
/// <param name="IsAmbiguous">Given more than once in any spelling: what is checked might not be what a backend reads.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AggregatorParameter(string? Value, bool IsAmbiguous);

internal static class HttpContextExtensions
{
    extension(HttpContext context)
    {
        /// <exception cref="InvalidOperationException">The request did not come through the credential decorator.</exception>
        public GatewayRequest GatewayRequest =>
            context.Features.Get<GatewayRequest>()
            ?? throw new InvalidOperationException("The request has not passed the credential decorator.");

        /// <value>What the selected route asks for; <c>null</c> when no route was selected.</value>
        public RouteAccess? RouteAccess => context.GetEndpoint()?.Metadata.GetMetadata<RouteAccess>();
    }
}
