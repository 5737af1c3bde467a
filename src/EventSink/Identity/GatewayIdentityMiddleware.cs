using Eventicat.EventSink.Errors;

namespace Eventicat.EventSink.Identity;

/// <summary>The mark of an endpoint that the gateway alone may ask.</summary>
internal sealed class GatewayIdentityRequired;

/// <summary>Lets requests to marked endpoints pass when they say whose they are, as the gateway does.</summary>
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
