using Eventicat.Gateway.Errors;
using Eventicat.Gateway.Requests;
using Yarp.ReverseProxy.Forwarder;

namespace Eventicat.Gateway.Forwarding;

/// <summary>Forwards what was admitted, and turns a forwarder error into an answer of the catalogue.</summary>
internal sealed class ForwarderErrorMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.GatewayRequest.IsAdmitted)
        {
            throw new InvalidOperationException("A request reached the forwarder without having been admitted.");
        }

        await next(context);
        if (context.Features.Get<IForwarderErrorFeature>() is { } failure
            && !context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            await context.WriteErrorAsync(Map(failure));
        }
    }

    private static GatewayError Map(IForwarderErrorFeature failure) => failure.Error switch
    {
        ForwarderError.RequestTimedOut => GatewayErrors.BackendTooSlow,
        ForwarderError.NoAvailableDestinations => GatewayErrors.NoBackend,
        ForwarderError.RequestBodyClient or ForwarderError.RequestBodyCanceled
            when failure.Exception is { } exception => ErrorMiddleware.FromStatus(FindStatus(exception)),
        _ => GatewayErrors.BackendUnreachable,
    };

    /// <summary>What Kestrel found wrong with the client's body, wherever the forwarder wrapped it.</summary>
    private static int FindStatus(Exception exception) => exception switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        AggregateException { InnerExceptions: var inner } =>
            inner.Select(FindStatus).FirstOrDefault(status => status != StatusCodes.Status400BadRequest, StatusCodes.Status400BadRequest),
        { InnerException: { } inner } => FindStatus(inner),
        _ => StatusCodes.Status400BadRequest,
    };
}
