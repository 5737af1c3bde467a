using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Model;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Eventicat.Gateway.Forwarding;

/// <summary>
/// Keeps a client's <c>Host</c> from the backend, which may serve several. YARP does so last, and tells the one it copied
/// from one that a route sets by comparing them: a route's own was lost where the client asked for the same, and a
/// client's with punycode, which is read decoded, went on.
/// </summary>
internal sealed class HostTransform : RequestTransform
{
    private const string OriginalHost = "RequestHeaderOriginalHost";

    /// <summary>First of all, so that what a route sets stays.</summary>
    public static void AddTo(TransformBuilderContext transforms)
    {
        if (IsWanted(transforms.Route))
        {
            return;
        }

        transforms.RequestTransforms.Insert(0, new HostTransform());
        if (transforms.CopyRequestHeaders ?? true)
        {
            // Where headers are copied it does nothing, and takes the place of the one that compares.
            transforms.AddOriginalHost(useOriginal: true);
        }
    }

    public override ValueTask ApplyAsync(RequestTransformContext context)
    {
        context.ProxyRequest.Headers.Host = context.HttpContext.Features.Get<IReverseProxyFeature>()?.ProxiedDestination?.Model.Config.Host;
        return default;
    }

    private static bool IsWanted(RouteConfig route) => route.Transforms?.Any(static transform =>
        transform.TryGetValue(OriginalHost, out var value) && bool.TryParse(value, out var isWanted) && isWanted) ?? false;
}
