using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Eventicat.Hosting.Logging;

/// <summary>
/// The frame of an access line, for a middleware: one line for each request when it is over, however it ended, made of an
/// allow-list. What stands in the line is the program's.
/// </summary>
public abstract class AccessLog(RequestDelegate next, TimeProvider time)
{
    public async Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var startedAt = time.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            if (HasLine(context))
            {
                Write(context, Math.Round(time.GetElapsedTime(startedAt).TotalMilliseconds, 2));
            }
        }
    }

    /// <summary>The route in place of the path, into which clients put anything.</summary>
    protected static string? RouteOf(HttpContext context) => (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;

    /// <summary>A method is any token that a client likes; only known ones are worth a word.</summary>
    protected static string MethodOf(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var method = HttpMethods.GetCanonicalizedValue(context.Request.Method);
        return HttpMethods.IsGet(method) || HttpMethods.IsPost(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method)
            || HttpMethods.IsPut(method) || HttpMethods.IsDelete(method) || HttpMethods.IsPatch(method) || HttpMethods.IsTrace(method)
            || HttpMethods.IsConnect(method) ? method : "OTHER";
    }

    /// <summary>Whether the request is worth a line. Asked when it is over.</summary>
    protected abstract bool HasLine(HttpContext context);

    protected abstract void Write(HttpContext context, double milliseconds);
}
