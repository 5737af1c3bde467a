namespace Eventicat.Dashboard.Errors;

/// <summary>What an answer says that nobody has written anything for.</summary>
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
