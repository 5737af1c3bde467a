using Eventicat.Accounts.Storage;
using Eventicat.Redis;

namespace Eventicat.Dashboard.Errors;

/// <summary>Answers every exception with an error in the API's shape. The text of the exception stays inside.</summary>
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

    /// <summary>The watch over Redis logs such a failure once; here it would be once per request.</summary>
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
