using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Transforms;

namespace Eventicat.Gateway.Forwarding;

/// <summary>
/// Sets the address to forward to: the path that was routed, and the query byte for byte. Left to itself,
/// <see cref="Uri"/> would rewrite parts of the query (<c>%41</c> to <c>A</c>, <c>"</c> to <c>%22</c>). Runs last.
/// </summary>
internal sealed class DestinationTransform : RequestTransform
{
    private static readonly UriCreationOptions Untouched = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public override ValueTask ApplyAsync(RequestTransformContext context)
    {
        var address = RequestUtilities.MakeDestinationAddress(context.DestinationPrefix, context.Path, QueryString.Empty);
        var query = context.HttpContext.Request.QueryString.Value;
        context.ProxyRequest.RequestUri = string.IsNullOrEmpty(query)
            ? address
            : new Uri(address.AbsoluteUri + query, Untouched);
        return default;
    }
}
