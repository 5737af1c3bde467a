namespace Eventicat.Dashboard.Errors;

/// <summary>Errors in the API's shape, for programs and people alike.</summary>
internal static class ErrorResponse
{
    public static Task WriteErrorAsync(this HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new ErrorBody(message), context.RequestAborted);
    }
}
