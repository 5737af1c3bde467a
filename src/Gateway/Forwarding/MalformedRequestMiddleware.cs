using Eventicat.Gateway.Errors;
using Eventicat.Gateway.Requests;

namespace Eventicat.Gateway.Forwarding;

/// <summary>
/// Marks requests whose header section a backend may read otherwise than this server does. They are refused before any
/// check that would answer and keep the connection, since what follows on it may be no request: by the limits, which
/// stand behind CORS so that pages can read the answer, or here where CORS would answer itself.
/// </summary>
internal sealed class MalformedRequestMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.GatewayRequest;
        if (request.Refusal is null && !RequestHeaders.AreWellFormed(context.Request))
        {
            request.Refusal = GatewayErrors.MalformedRequest;
        }

        return request.Refusal is { } refusal && HttpMethods.IsOptions(context.Request.Method)
            ? context.WriteErrorAsync(refusal)
            : next(context);
    }
}
