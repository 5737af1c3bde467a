using Eventicat.Hosting.Logging;

namespace Eventicat.Dashboard.Observability;

/// <summary>Writes one line per request that matches a route. It has the route instead of the path, and neither query nor headers.</summary>
internal sealed partial class AccessLogMiddleware(RequestDelegate next, ILogger<AccessLogMiddleware> logger, TimeProvider time)
    : AccessLog(next, time)
{
    /// <summary>Only requests that match a route get a line.</summary>
    protected override bool HasLine(HttpContext context) => context.GetEndpoint() is RouteEndpoint;

    protected override void Write(HttpContext context, double milliseconds) => Log.Access(
        logger, MethodOf(context), RouteOf(context) ?? "-", context.Response.StatusCode, milliseconds, context.User.Identity?.Name);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, EventName = "Access",
            Message = "{Method} {Route} {Status} {Milliseconds} ms user {User}")]
        public static partial void Access(ILogger logger, string method, string route, int status, double milliseconds, string? user);
    }
}
