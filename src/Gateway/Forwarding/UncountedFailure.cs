using Yarp.ReverseProxy.Forwarder;

namespace Eventicat.Gateway.Forwarding;

/// <summary>
/// A failure that YARP's passive health checks do not count. Many backends answer a body that they will not have and
/// close, and what they say is lost over the writing: anybody with a key could take such a destination out for all.
/// </summary>
/// <param name="Error">What went wrong.</param>
internal sealed record UncountedFailure(IForwarderErrorFeature Error)
{
    /// <summary>Behind the passive health checks: hides the failure from them.</summary>
    public static async Task HideAsync(HttpContext context, Func<Task> next)
    {
        await next();
        if (context.Features.Get<IForwarderErrorFeature>() is { Error: ForwarderError.RequestBodyDestination } error
            && context.Response.StatusCode != StatusCodes.Status504GatewayTimeout)
        {
            context.Features.Set(new UncountedFailure(error));
            context.Features.Set<IForwarderErrorFeature>(null);
        }
    }
}
