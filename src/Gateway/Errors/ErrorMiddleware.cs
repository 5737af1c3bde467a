using Eventicat.Accounts.Storage;

namespace Eventicat.Gateway.Errors;

/// <summary>The last resort: what no room expected becomes an answer of the catalogue; the exception stays inside.</summary>
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
            var error = Map(exception);
            if (error == GatewayErrors.Internal)
            {
                Log.Unexpected(logger, exception);
            }

            if (context.Response.HasStarted)
            {
                context.Abort();
                return;
            }

            context.Response.Clear();
            await context.WriteErrorAsync(error);
        }
    }

    private static GatewayError Map(Exception exception) => exception switch
    {
        AccountStoreUnavailableException => GatewayErrors.AuthenticationUnavailable,
        BadHttpRequestException bad => FromStatus(bad.StatusCode),
        _ => GatewayErrors.Internal,
    };

    /// <summary>What Kestrel found wrong with a body while it was read.</summary>
    public static GatewayError FromStatus(int status) => status switch
    {
        StatusCodes.Status413PayloadTooLarge => GatewayErrors.PayloadTooLarge,
        StatusCodes.Status408RequestTimeout => GatewayErrors.RequestTimeout,
        _ => GatewayErrors.MalformedRequest,
    };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, EventName = "UnexpectedError", Message = "A request failed unexpectedly")]
        public static partial void Unexpected(ILogger logger, Exception exception);
    }
}
