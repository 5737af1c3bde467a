using Eventicat.Control.Operations;
using Eventicat.Dashboard.Admin.Requests;
using Eventicat.Dashboard.Errors;

namespace Eventicat.Dashboard.Admin.Answers;

/// <summary>What every handler gives: plain enough to be kept and given again.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">Written as JSON; <c>null</c> for none.</param>
internal sealed record Answer(int Status, object? Body = null) : IResult
{
    public string? Location { get; init; }

    public string? ETag { get; init; }

    /// <value>Seconds.</value>
    public int? RetryAfter { get; init; }

    public bool IsReplayed { get; init; }

    public bool Succeeded => Status < 400;

    public static Answer Error(int status, string message) => new(status, new ErrorBody(message));

    public static Answer Denied(Denial denial) => Error(OperationStatus.Of(denial.Error), OperationStatus.TextOf(denial));

    /// <summary>With the ETag of the account as the operation left it.</summary>
    public static Answer Of<T>(OperationResult<T> result, Func<T, object?> body, int status = StatusCodes.Status200OK)
        where T : class =>
        result.Succeeded
            ? new Answer(status, body(result.Value)) { ETag = result.Account is { } account ? EntityTags.Of(account) : null }
            : Denied(result.Denial);

    public static Answer NoContent<T>(OperationResult<T> result)
        where T : class => Of(result, static _ => null, StatusCodes.Status204NoContent);

    public static Answer Unavailable() => Error(StatusCodes.Status503ServiceUnavailable, "Usage unavailable");

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var headers = httpContext.Response.Headers;
        headers.Location = Location;
        headers.ETag = ETag;
        headers.RetryAfter = RetryAfter?.ToString(System.Globalization.CultureInfo.InvariantCulture);
        headers[Idempotency.IdempotencyHeaders.Replayed] = IsReplayed ? "true" : null;
        httpContext.Response.StatusCode = Status;
        return Body is null ? Task.CompletedTask : httpContext.Response.WriteAsJsonAsync(Body, Body.GetType(), httpContext.RequestAborted);
    }
}
