using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Eventicat.Hosting.Shutdown;

/// <summary>
/// While draining, ends each connection with the answer to its next request: <c>Connection: close</c> on HTTP/1.1,
/// GOAWAY on HTTP/2. A connection of HTTP/1.1 on which nothing is asked stays open until the stop, since a client may be
/// sending on it at this very moment, and could not tell whether its request had been taken.
/// </summary>
internal sealed class DrainingMiddleware(RequestDelegate next, Draining draining)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (!HttpProtocol.IsHttp2(context.Request.Protocol) && !HttpProtocol.IsHttp3(context.Request.Protocol))
        {
            if (draining.IsDraining)
            {
                context.Response.OnStarting(CloseAsync, context.Response);
            }

            return next(context);
        }

        if (context.Features.Get<IConnectionLifetimeNotificationFeature>() is { } connection)
        {
            draining.Track(connection, context.Features.Get<IConnectionLifetimeFeature>()?.ConnectionClosed ?? context.RequestAborted);
            if (draining.IsDraining)
            {
                connection.RequestClose();
            }
        }

        return next(context);
    }

    private static Task CloseAsync(object state)
    {
        var response = (HttpResponse)state;
        if (response.StatusCode != StatusCodes.Status101SwitchingProtocols)
        {
            response.Headers.Connection = "close";
        }

        return Task.CompletedTask;
    }
}
