using Eventicat.Gateway.Requests;

namespace Eventicat.Gateway.Observability;

/// <summary>
/// One line per request, made of an allow-list: no path, no query, no header. Also answers every request with the id
/// that the line carries.
/// </summary>
internal sealed partial class AccessLogMiddleware(RequestDelegate next, ILogger<AccessLogMiddleware> logger, TimeProvider time)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var startedAt = time.GetTimestamp();
        context.Response.OnStarting(static state => WriteIdAsync((HttpContext)state), context);
        try
        {
            await next(context);
        }
        finally
        {
            Write(context, time.GetElapsedTime(startedAt));
        }
    }

    private static Task WriteIdAsync(HttpContext context)
    {
        context.Response.Headers["X-Request-Id"] = context.GatewayRequest.Id;
        return Task.CompletedTask;
    }

    private void Write(HttpContext context, TimeSpan elapsed)
    {
        if (logger.IsEnabled(LogLevel.Information))
        {
            var request = context.GatewayRequest;
            Log.Access(
                logger,
                KnownMethod(context.Request.Method),
                (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "-",
                Status(context),
                Math.Round(elapsed.TotalMilliseconds, 2),
                request.Id,
                request.Verified?.Account.Id.ToString(),
                request.Verified?.Key.Id.ToString(),
                request.Aggregator?.ToString(),
                request.Error?.Name,
                context.Response.ContentLength);
        }
    }

    /// <summary>499, as nginx has it, when the client left before it got an answer.</summary>
    private static int Status(HttpContext context) =>
        context.RequestAborted.IsCancellationRequested && !context.Response.HasStarted ? 499 : context.Response.StatusCode;

    /// <summary>A method is any token a client likes; only known ones are worth a word.</summary>
    private static string KnownMethod(string method) => HttpMethods.GetCanonicalizedValue(method) switch
    {
        var known when HttpMethods.IsGet(known) || HttpMethods.IsPost(known) || HttpMethods.IsHead(known) || HttpMethods.IsOptions(known)
            || HttpMethods.IsPut(known) || HttpMethods.IsDelete(known) || HttpMethods.IsPatch(known) || HttpMethods.IsTrace(known)
            || HttpMethods.IsConnect(known) => known,
        _ => "OTHER",
    };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, EventName = "Access",
            Message = "{Method} {Route} {Status} {Milliseconds} ms {RequestId} account {Account} key {Key} aggregator {Aggregator} error {Error} bytes {Bytes}")]
        public static partial void Access(
            ILogger logger, string method, string route, int status, double milliseconds, string requestId,
            string? account, string? key, string? aggregator, string? error, long? bytes);
    }
}
