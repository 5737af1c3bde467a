using Eventicat.EventSink.Identity;
using Eventicat.Hosting.Logging;

namespace Eventicat.EventSink.Observability;

/// <summary>One line a request, of allow-listed values: no path, query or header text that a client chose.</summary>
internal sealed partial class AccessLogMiddleware(RequestDelegate next, TimeProvider time, ILogger<AccessLogMiddleware> logger)
    : AccessLog(next, time)
{
    /// <summary>Probes ask every few seconds; a line for each would bury the rest.</summary>
    protected override bool HasLine(HttpContext context) => !context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal);

    protected override void Write(HttpContext context, double milliseconds)
    {
        var identity = context.Features.Get<GatewayIdentity>();
        Log.Request(
            logger,
            MethodOf(context),
            RouteOf(context),
            context.Response.StatusCode,
            milliseconds,
            context.Response.ContentLength,
            identity?.Owner.Account,
            identity?.Owner.Aggregator,
            identity?.RequestId);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, EventName = "Request",
            Message = "{Method:l} {Route:l} {Status} {Milliseconds} ms {Bytes} B account {Account:l} aggregator {Aggregator:l} request {RequestId:l}")]
        public static partial void Request(
            ILogger logger, string method, string? route, int status, double milliseconds, long? bytes, string? account, string? aggregator, string? requestId);
    }
}
