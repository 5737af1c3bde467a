namespace Eventicat.EventSink.Errors;

/// <summary>Gives every failure a JSON body: exceptions, and the bare statuses of routing.</summary>
internal sealed partial class ErrorMiddleware(RequestDelegate next, ILogger<ErrorMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var response = context.Response;
        response.Headers.CacheControl = "no-store";
        try
        {
            await next(context);
        }
        catch (Exception exception) when (!response.HasStarted)
        {
            response.StatusCode = StatusFor(exception, context);
        }

        if (!response.HasStarted && response.StatusCode >= 400 && !context.RequestAborted.IsCancellationRequested)
        {
            await response.AnswerAsync(SinkError.ForStatus(response.StatusCode));
        }
    }

    private int StatusFor(Exception exception, HttpContext context)
    {
        if (context.RequestAborted.IsCancellationRequested)
        {
            // The client is gone; the status is for the access line only.
            return StatusCodes.Status499ClientClosedRequest;
        }

        if (exception is BadHttpRequestException bad)
        {
            return bad.StatusCode;
        }

        Log.Failed(logger, exception);
        return StatusCodes.Status500InternalServerError;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, EventName = "Failed", Message = "A request failed")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
