namespace Eventicat.Dashboard.Observability;

/// <summary>Writes one line per request that matches a route. It has the route instead of the path, and neither query nor headers.</summary>
internal sealed partial class AccessLogMiddleware(RequestDelegate next, ILogger<AccessLogMiddleware> logger, TimeProvider time)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var startedAt = time.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            if (context.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: var route })
            {
                Log.Access(
                    logger, context.Request.Method, route ?? "-", context.Response.StatusCode,
                    Math.Round(time.GetElapsedTime(startedAt).TotalMilliseconds, 2), context.User.Identity?.Name);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, EventName = "Access",
            Message = "{Method} {Route} {Status} {Milliseconds} ms user {User}")]
        public static partial void Access(ILogger logger, string method, string route, int status, double milliseconds, string? user);
    }
}
