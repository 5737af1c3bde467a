using Eventicat.Control.Operations;
using Eventicat.Dashboard.Errors;

namespace Eventicat.Dashboard.Admin.Requests;

/// <summary>What every handler returns. It holds data only, so that it can be stored and given again.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">Written as JSON; <c>null</c> for none.</param>
internal sealed record Answer(int Status, object? Body = null) : IResult
{
    public string? Location { get; init; }

    public string? ETag { get; init; }

    /// <value>Seconds.</value>
    public int? RetryAfter { get; init; }

    /// <value>Whether this is the stored answer to an earlier request.</value>
    public bool IsReplayed { get; init; }

    public bool Succeeded => Status < 400;

    public static Answer Error(int status, string message) => new(status, new ErrorBody(message));

    /// <summary>For ids in bodies. Ids in paths are parsed before a handler runs.</summary>
    public static Answer InvalidId(string member) =>
        Error(StatusCodes.Status400BadRequest, $"{member} must be 1 to 64 letters, digits, '_' or '-'");

    public static Answer Denied(Denial denial) => Error(OperationStatus.Of(denial.Error), OperationStatus.TextOf(denial));

    public static Answer Unavailable() => Error(StatusCodes.Status503ServiceUnavailable, "Usage unavailable");

    /// <summary>With the ETag of the account as the operation left it.</summary>
    public static Answer Of<T>(OperationResult<T> result, Func<T, object?> body, int status = StatusCodes.Status200OK)
        where T : class =>
        result.Succeeded
            ? new Answer(status, body(result.Value)) { ETag = result.Account is { } account ? EntityTags.Of(account) : null }
            : Denied(result.Denial);

    public static Answer NoContent<T>(OperationResult<T> result)
        where T : class => Of(result, static _ => null, StatusCodes.Status204NoContent);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var headers = httpContext.Response.Headers;
        headers.Location = Location;
        headers.ETag = ETag;
        headers.RetryAfter = RetryAfter?.ToString(System.Globalization.CultureInfo.InvariantCulture);
        headers["Idempotency-Replayed"] = IsReplayed ? "true" : null;
        httpContext.Response.StatusCode = Status;
        return Body is null ? Task.CompletedTask : httpContext.Response.WriteAsJsonAsync(Body, Body.GetType(), httpContext.RequestAborted);
    }
}

/// <summary>The body of an answer with a secret in it.</summary>
internal interface IShownOnce
{
    /// <summary>The same body without the secret, for everything except the one answer that shows it.</summary>
    object WithoutSecret();
}
