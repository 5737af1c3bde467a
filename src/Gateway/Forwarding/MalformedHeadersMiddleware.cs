using Eventicat.Gateway.Errors;

namespace Eventicat.Gateway.Forwarding;

/// <summary>
/// Ends requests whose header section a backend may read otherwise than this server does, and their connection with
/// them. Before every check that would answer and go on: what follows such a request may not be one.
/// </summary>
internal sealed class MalformedHeadersMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) => RequestHeaders.AreWellFormed(context.Request)
        ? next(context)
        : context.WriteErrorAsync(GatewayErrors.MalformedRequest);
}
