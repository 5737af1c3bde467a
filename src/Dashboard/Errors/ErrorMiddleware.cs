using Eventicat.Accounts.Storage;
using Eventicat.Redis;

namespace Eventicat.Dashboard.Errors;

/// <summary>The last resort: what nobody expected becomes a page, or an answer in the API's shape; the exception stays inside.</summary>
internal sealed partial class ErrorMiddleware(RequestDelegate next, ILogger<ErrorMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; there is nobody to answer.
        }
        catch (Exception exception)
        {
            var (status, message) = Map(exception);
            if (status == StatusCodes.Status500InternalServerError)
            {
                Log.Unexpected(logger, exception);
            }
            else if (status == StatusCodes.Status503ServiceUnavailable && !IsOfRedis(exception))
            {
                Log.StoreUnavailable(logger, exception.Message);
            }

            if (context.Response.HasStarted)
            {
                context.Abort();
                return;
            }

            await context.WriteErrorAsync(status, message);
        }
    }

    /// <summary>Said once by the watch over Redis, not once per request.</summary>
    private static bool IsOfRedis(Exception exception) =>
        exception.InnerException is { } inner && (inner is OperationCanceledException || RedisFailure.IsOne(inner));

    private static (int Status, string Message) Map(Exception exception) => exception switch
    {
        AccountStoreUnavailableException => (StatusCodes.Status503ServiceUnavailable, "Store unavailable"),
        BadHttpRequestException bad => (bad.StatusCode, StatusText.Of(bad.StatusCode)),
        _ => (StatusCodes.Status500InternalServerError, "Internal error"),
    };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, EventName = "UnexpectedError", Message = "A request failed unexpectedly")]
        public static partial void Unexpected(ILogger logger, Exception exception);

        [LoggerMessage(Level = LogLevel.Warning, EventName = "StoreUnavailable", Message = "A store does not answer: {Reason}")]
        public static partial void StoreUnavailable(ILogger logger, string reason);
    }
}
