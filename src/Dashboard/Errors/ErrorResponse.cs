namespace Eventicat.Dashboard.Errors;

/// <summary>Writes errors in the API's shape.</summary>
internal static class ErrorResponse
{
    public static Task WriteErrorAsync(this HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new ErrorBody(message), context.RequestAborted);
    }
}

internal sealed record ErrorBody(string Error);

/// <summary>The texts for statuses that the platform answers without a body.</summary>
internal static class StatusText
{
    public static string Of(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "Malformed request",
        StatusCodes.Status404NotFound => "Not found",
        StatusCodes.Status405MethodNotAllowed => "Method not allowed",
        StatusCodes.Status408RequestTimeout => "Request too slow",
        StatusCodes.Status413PayloadTooLarge => "Body too large",
        StatusCodes.Status415UnsupportedMediaType => "Content-Type must be application/json",
        StatusCodes.Status429TooManyRequests => "Too many failed attempts",
        _ => "Refused",
    };
}
