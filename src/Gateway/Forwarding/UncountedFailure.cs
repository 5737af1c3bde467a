using System.Net.Sockets;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace Eventicat.Gateway.Forwarding;

/// <summary>
/// A failure that YARP's passive health checks do not count: anybody with a key could take such a destination out for
/// all. Many backends answer a body that they will not have and close, and what they say is lost over the writing; and a
/// stream in which nothing happens for a while is cut by our own clock.
/// </summary>
/// <param name="Error">What went wrong.</param>
internal sealed record UncountedFailure(IForwarderErrorFeature Error)
{
    /// <summary>Behind the passive health checks: hides the failure from them.</summary>
    public static async Task HideAsync(HttpContext context, Func<Task> next)
    {
        await next();
        if (context.Features.Get<IForwarderErrorFeature>() is { } error && (IsCutUpload(error, context) || IsSilence(error)))
        {
            context.Features.Set(new UncountedFailure(error));
            context.Features.Set<IForwarderErrorFeature>(null);
        }
    }

    /// <summary>Whether an answer or a tunnel that had begun was ended for its silence.</summary>
    public static bool IsSilence(IForwarderErrorFeature error) => error.Error == ForwarderError.UpgradeActivityTimeout
        || (error.Error == ForwarderError.ResponseBodyDestination && Has(error.Exception, static exception =>
            exception is OperationCanceledException or SocketException { SocketErrorCode: SocketError.OperationAborted }));

    /// <summary>
    /// Whether the backend ended a connection on which it was being sent a body. A short one is written before that shows,
    /// and what fails is the reading of the answer.
    /// </summary>
    public static bool IsCutUpload(IForwarderErrorFeature error, HttpContext context) => error.Error switch
    {
        ForwarderError.RequestBodyDestination => context.Response.StatusCode != StatusCodes.Status504GatewayTimeout,
        ForwarderError.Request => context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true } && Has(error.Exception, static exception =>
            exception is HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded }
                or SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.Shutdown or SocketError.ConnectionAborted }),
        _ => false,
    };

    private static bool Has(Exception? exception, Func<Exception, bool> isIt) =>
        exception is not null && (isIt(exception) || Has(exception.InnerException, isIt));
}
