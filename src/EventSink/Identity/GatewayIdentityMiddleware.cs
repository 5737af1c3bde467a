using Eventicat.EventSink.Errors;

namespace Eventicat.EventSink.Identity;

/// <summary>
/// Refuses requests to marked endpoints that do not come from the gateway. An endpoint that forgets the mark fails
/// closed: it finds no <see cref="GatewayIdentity"/> among the features.
/// </summary>
internal sealed class GatewayIdentityMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<GatewayIdentityRequired>() is null)
        {
            return next(context);
        }

        if (GatewayIdentity.Read(context.Request.Headers) is not { } identity)
        {
            return context.Response.AnswerAsync(SinkError.IdentityRequired);
        }

        context.Features.Set(identity);
        return next(context);
    }
}
