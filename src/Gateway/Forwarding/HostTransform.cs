using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Transforms;

namespace Eventicat.Gateway.Forwarding;

/// <summary>
/// Keeps a client's <c>Host</c> from the backend, which may serve several. YARP tells the one it copied from one that a
/// route sets by comparing with the host as it reads it, which has punycode decoded: a name with <c>xn--</c> went on.
/// </summary>
internal sealed class HostTransform : RequestTransform
{
    private const string OriginalHost = "RequestHeaderOriginalHost";

    /// <summary>Whether the route wants the client's.</summary>
    public static bool IsWanted(RouteConfig route) => route.Transforms?.Any(static transform =>
        transform.TryGetValue(OriginalHost, out var value) && bool.TryParse(value, out var isWanted) && isWanted) ?? false;

    public override ValueTask ApplyAsync(RequestTransformContext context)
    {
        var headers = context.ProxyRequest.Headers;
        if (string.Equals(headers.Host, context.HttpContext.Request.Headers.Host.ToString(), StringComparison.Ordinal))
        {
            headers.Host = null;
        }

        return default;
    }
}
