using Eventicat.Gateway.Errors;
using Microsoft.AspNetCore.Http.Features;

namespace Eventicat.Gateway.Forwarding;

/// <summary>Ends requests whose path a backend may read otherwise than the routes do, before any route is chosen.</summary>
internal sealed class PathMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) =>
        RequestPath.IsAmbiguous(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget)
            ? context.WriteErrorAsync(GatewayErrors.NotFound)
            : next(context);
}
