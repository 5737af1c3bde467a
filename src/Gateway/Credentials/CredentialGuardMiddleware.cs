using Eventicat.Gateway.Errors;
using Eventicat.Gateway.Requests;

namespace Eventicat.Gateway.Credentials;

/// <summary>
/// Fails closed: a request that did not pass the decorator may still carry its key in the URL. The first middleware,
/// since all others rest on what the decorator left.
/// </summary>
internal sealed partial class CredentialGuardMiddleware(RequestDelegate next, ILogger<CredentialGuardMiddleware> logger)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<GatewayRequest>() is not null)
        {
            return next(context);
        }

        Log.Bypassed(logger);
        context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.Body.WriteAsync(GatewayErrors.Internal.Body, context.RequestAborted).AsTask();
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Critical, EventName = "CredentialDecoratorBypassed",
            Message = "A request came past the credential decorator and was refused")]
        public static partial void Bypassed(ILogger logger);
    }
}
