using Eventicat.Gateway.Requests;

namespace Eventicat.Gateway.Forwarding;

/// <summary>
/// Drops the headers that only the gateway may send, and those of the client's connection. Before the forwarder copies
/// any, so that what an operator's transforms add stays.
/// </summary>
internal sealed class HeaderMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Request.Headers;
        ConnectionOptions.Apply(headers.Connection, headers);
        Drop(headers, context.RouteAccess is { AllowsMethodOverride: true });
        return next(context);
    }

    private static void Drop(IHeaderDictionary headers, bool allowsMethodOverride)
    {
        List<string>? dropped = null;
        foreach (var header in headers)
        {
            if (ReservedHeaders.MustDrop(header.Key, allowsMethodOverride))
            {
                (dropped ??= []).Add(header.Key);
            }
        }

        dropped?.ForEach(name => headers.Remove(name));
    }
}
