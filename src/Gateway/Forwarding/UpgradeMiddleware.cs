using Eventicat.Gateway.Errors;
using Eventicat.Gateway.Requests;
using Microsoft.AspNetCore.Http.Features;

namespace Eventicat.Gateway.Forwarding;

/// <summary>
/// Ends requests to become another protocol where the route does not allow it: a WebSocket is one request to the limit,
/// whatever goes through it.
/// </summary>
internal sealed class UpgradeMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) =>
        !IsAskedFor(context) || context.RouteAccess is { AllowsUpgrade: true } ? next(context) : context.WriteErrorAsync(GatewayErrors.UpgradeNotAllowed);

    /// <summary>
    /// RFC 9110 section 7.8 lets a server ignore an upgrade. Only HTTP/2 in clear text is ignored, which many clients
    /// offer with their first request and do without.
    /// </summary>
    public static bool IsAskedFor(HttpContext context)
    {
        if (context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true })
        {
            return true;
        }

        if (context.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true })
        {
            // Without "Connection: upgrade" the header asks for nothing.
            return false;
        }

        foreach (var protocol in context.Request.Headers.Upgrade)
        {
            if (!string.IsNullOrWhiteSpace(protocol) && !string.Equals(protocol.Trim(), "h2c", StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
