using Eventicat.Gateway.Errors;
using Eventicat.Gateway.Requests;

namespace Eventicat.Gateway.Forwarding;

/// <summary>Ends requests that no route takes, before their key is looked at.</summary>
internal sealed class RouteRequiredMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.RouteAccess is not null)
        {
            return next(context);
        }

        return context.GetEndpoint()?.RequestDelegate is { } refuse
            ? RefuseAsync(context, refuse)
            : context.WriteErrorAsync(GatewayErrors.NotFound);
    }

    /// <summary>Routing answers a wrong method by an endpoint of its own that sets status and <c>Allow</c>.</summary>
    private static async Task RefuseAsync(HttpContext context, RequestDelegate refuse)
    {
        await refuse(context);
        await context.WriteErrorAsync(context.Response.StatusCode == StatusCodes.Status405MethodNotAllowed
            ? GatewayErrors.MethodNotAllowed
            : GatewayErrors.NotFound);
    }
}
