using Eventicat.EventSink.Identity;

namespace Eventicat.EventSink.Observability;

/// <summary>One line a request, of allow-listed values: no path, query or header text that a client chose.</summary>
internal sealed partial class AccessLogMiddleware(RequestDelegate next, TimeProvider time, ILogger<AccessLogMiddleware> logger)
{
    /// <summary>Probes ask every few seconds; a line for each would bury the rest.</summary>
    public Task InvokeAsync(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal) ? next(context) : WriteLineAsync(context);

    private async Task WriteLineAsync(HttpContext context)
    {
        var started = time.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            Write(context, time.GetElapsedTime(started).TotalMilliseconds);
        }
    }

    private void Write(HttpContext context, double milliseconds)
    {
        var identity = context.Features.Get<GatewayIdentity>();
        Log.Request(
            logger,
            MethodOf(context.Request),
            (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText,
            context.Response.StatusCode,
            Math.Round(milliseconds, 3),
            context.Response.ContentLength,
            identity?.Owner.Account,
            identity?.Owner.Aggregator,
            identity?.RequestId);
    }

    private static string MethodOf(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) ? HttpMethods.Get
        : HttpMethods.IsPost(request.Method) ? HttpMethods.Post
        : "other";

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information,
            "{Method:l} {Route:l} {Status} {Milliseconds} ms {Bytes} B account {Account:l} aggregator {Aggregator:l} request {RequestId:l}")]
        public static partial void Request(
            ILogger logger, string method, string? route, int status, double milliseconds, long? bytes, string? account, string? aggregator, string? requestId);
    }
}
