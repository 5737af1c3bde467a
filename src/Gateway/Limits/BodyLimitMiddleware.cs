using Eventicat.Gateway.Errors;
using Eventicat.Gateway.Requests;
using Microsoft.Extensions.Options;

namespace Eventicat.Gateway.Limits;

/// <summary>Refuses a body by the length it announces, before a key is looked at. One without a length is counted as it comes.</summary>
internal sealed class BodyLimitMiddleware(RequestDelegate next, IOptions<LimitsOptions> options)
{
    private readonly long _default = options.Value.BodyBytes;

    public Task InvokeAsync(HttpContext context) =>
        context.Request.ContentLength > (context.RouteAccess?.MaxBodyBytes ?? _default)
            ? context.WriteErrorAsync(GatewayErrors.PayloadTooLarge)
            : next(context);
}
