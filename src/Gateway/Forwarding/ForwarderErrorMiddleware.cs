using System.Net.Sockets;
using Eventicat.Gateway.Errors;
using Eventicat.Gateway.Requests;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace Eventicat.Gateway.Forwarding;

/// <summary>Forwards what was admitted, and turns a forwarder error into an answer of the catalogue.</summary>
internal sealed partial class ForwarderErrorMiddleware(
    RequestDelegate next, ForwardedRequests forwarded, ILogger<ForwarderErrorMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.GatewayRequest.IsAdmitted)
        {
            throw new InvalidOperationException("A request reached the forwarder without having been admitted.");
        }

        await ForwardAsync(context);
        var failure = context.Features.Get<UncountedFailure>()?.Error ?? context.Features.Get<IForwarderErrorFeature>();
        if (failure is null && IsUnanswered(context))
        {
            await context.WriteErrorAsync(GatewayErrors.NoBackend);
            return;
        }

        if (failure is null || context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        if (!IsClients(failure.Error) && !UncountedFailure.IsSilence(failure))
        {
            var proxy = context.Features.Get<IReverseProxyFeature>();
            Log.Failed(logger, proxy?.Cluster.Config.ClusterId, proxy?.ProxiedDestination?.DestinationId, failure.Error, FindCause(failure.Exception));
        }

        if (!context.Response.HasStarted)
        {
            var error = UncountedFailure.IsCutUpload(failure, context) ? GatewayErrors.BackendEndedRequest : Map(failure, context.Response.StatusCode);
            // Whatever of the backend's headers was copied before it went wrong.
            context.Response.Clear();
            await context.WriteErrorAsync(error);
        }
    }

    private async Task ForwardAsync(HttpContext context)
    {
        if (context.GatewayRequest.Verified is not { } verified)
        {
            await next(context);
            return;
        }

        var request = forwarded.Add(context, verified);
        try
        {
            await next(context);
        }
        finally
        {
            forwarded.Remove(request);
        }
    }

    /// <summary>Session affinity gives up without a word where the destination that a client was bound to is no longer there.</summary>
    private static bool IsUnanswered(HttpContext context) =>
        !context.Response.HasStarted && context.Features.Get<IReverseProxyFeature>()?.ProxiedDestination is null;

    /// <param name="failure">What went wrong.</param>
    /// <param name="status">The forwarder's own, which tells a body that took too long from one that was cut off.</param>
    private static GatewayError Map(IForwarderErrorFeature failure, int status) => failure.Error switch
    {
        ForwarderError.RequestTimedOut => GatewayErrors.BackendTooSlow,
        ForwarderError.RequestBodyDestination => GatewayErrors.BackendTooSlow,
        ForwarderError.RequestBodyClient or ForwarderError.RequestBodyCanceled
            when status == StatusCodes.Status408RequestTimeout => GatewayErrors.RequestTimeout,
        ForwarderError.NoAvailableDestinations => GatewayErrors.NoBackend,
        ForwarderError.RequestCreation => GatewayErrors.Internal,
        ForwarderError.ResponseHeaders => GatewayErrors.InvalidBackendResponse,
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

    private static bool IsClients(ForwarderError error) => error is
        ForwarderError.RequestCanceled or ForwarderError.RequestBodyClient or ForwarderError.RequestBodyCanceled
        or ForwarderError.ResponseBodyClient or ForwarderError.ResponseBodyCanceled
        or ForwarderError.UpgradeRequestClient or ForwarderError.UpgradeRequestCanceled
        or ForwarderError.UpgradeResponseClient or ForwarderError.UpgradeResponseCanceled;

    /// <summary>A word for the reason. Not the exception's text: it may name the address, and with it the URL.</summary>
    private static string FindCause(Exception? exception) => exception switch
    {
        null => "none",
        InvalidBackendResponseException invalid => invalid.Message,
        SocketException socket => socket.SocketErrorCode.ToString(),
        { InnerException: { } inner } => FindCause(inner),
        HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } http => http.HttpRequestError.ToString(),
        HttpIOException io => io.HttpRequestError.ToString(),
        _ => exception.GetType().Name,
    };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, EventName = "BackendFailed",
            Message = "Cluster {Cluster} destination {Destination} failed: {Error}, {Cause}")]
        public static partial void Failed(ILogger logger, string? cluster, string? destination, ForwarderError error, string cause);
    }
}
