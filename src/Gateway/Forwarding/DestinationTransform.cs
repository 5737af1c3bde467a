using Eventicat.Gateway.Errors;
using Eventicat.Gateway.Requests;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Transforms;

namespace Eventicat.Gateway.Forwarding;

/// <summary>
/// Sets the address to forward to: path and query byte for byte as they came. Left to itself, <see cref="Uri"/> would
/// rewrite parts of both (<c>%41</c> to <c>A</c>, <c>"</c> to <c>%22</c>), YARP would decode and encode the path.
/// Only where a route's own transforms changed the path, YARP's encoding of it is sent. Runs last.
/// </summary>
internal sealed class DestinationTransform : RequestTransform
{
    private static readonly UriCreationOptions Untouched = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public override async ValueTask ApplyAsync(RequestTransformContext context)
    {
        var http = context.HttpContext;
        var address = FindAddress(context);
        var query = http.Request.QueryString.Value;

        // What makes the option dangerous: the client writes such an address by its characters but counts its bytes. Of
        // anything but visible ASCII it writes less than it counted, and the rest are bytes of an earlier request. The
        // request was refused before if it had any; this is where it would matter.
        if (!RequestTarget.IsWellFormed(address) || !RequestTarget.IsWellFormed(query))
        {
            await http.WriteErrorAsync(GatewayErrors.MalformedRequest);
            return;
        }

        context.ProxyRequest.RequestUri = new Uri(address + query, Untouched);
    }

    private static string FindAddress(RequestTransformContext context)
    {
        var request = context.HttpContext.Request;
        if (context.Path != request.Path || request.PathBase.HasValue)
        {
            return InAscii(RequestUtilities.MakeDestinationAddress(context.DestinationPrefix, context.Path, QueryString.Empty));
        }

        var prefix = context.DestinationPrefix.TrimEnd('/');
        var path = RequestTarget.PathOf(context.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        return RequestTarget.IsWellFormed(prefix) ? $"{prefix}{path}" : $"{InAscii(new Uri(prefix)).TrimEnd('/')}{path}";
    }

    /// <summary>Host names may be written in any script.</summary>
    private static string InAscii(Uri address) => $"{address.Scheme}://{address.IdnHost}:{address.Port}{address.PathAndQuery}";
}
