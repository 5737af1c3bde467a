using System.Net.Sockets;
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
        if (context.Features.Get<IForwarderErrorFeature>() is { } error && (IsCutUpload(error, context.Response.StatusCode) || IsSilence(error)))
        {
            context.Features.Set(new UncountedFailure(error));
            context.Features.Set<IForwarderErrorFeature>(null);
        }
    }

    /// <summary>Whether an answer or a tunnel that had begun was ended for its silence.</summary>
    public static bool IsSilence(IForwarderErrorFeature error) => error.Error == ForwarderError.UpgradeActivityTimeout
        || (error.Error == ForwarderError.ResponseBodyDestination && WasGivenUp(error.Exception));

    private static bool IsCutUpload(IForwarderErrorFeature error, int status) =>
        error.Error == ForwarderError.RequestBodyDestination && status != StatusCodes.Status504GatewayTimeout;

    private static bool WasGivenUp(Exception? exception) => exception switch
    {
        null => false,
        OperationCanceledException or SocketException { SocketErrorCode: SocketError.OperationAborted } => true,
        _ => WasGivenUp(exception.InnerException),
    };
}
