using System.Text.Json;
using System.Text.Json.Serialization;

namespace Eventicat.EventSink.Errors;

internal static class ErrorAnswers
{
    public static Task AnswerAsync(this HttpResponse response, SinkError error) =>
        response.AnswerAsync(error, new ErrorBody(error.Text));

    public static Task AnswerAsync(this HttpResponse response, SinkError error, ErrorBody body)
    {
        if (error.Status == StatusCodes.Status503ServiceUnavailable)
        {
            response.Headers.RetryAfter = "1";
        }

        return response.AnswerAsync(error.Status, JsonSerializer.SerializeToUtf8Bytes(body, ErrorJson.Default.ErrorBody));
    }

    /// <summary>Writes a whole body at once: with its length known, no reader takes half of it for all of it.</summary>
    public static Task AnswerAsync(this HttpResponse response, int status, ReadOnlyMemory<byte> json)
    {
        response.StatusCode = status;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = json.Length;
        return response.Body.WriteAsync(json, response.HttpContext.RequestAborted).AsTask();
    }
}

internal sealed record ErrorBody(string Error, int? LimitBytes = null, IReadOnlyList<FieldError>? Details = null);

/// <param name="Index">Position of the event in its batch; 0 for a single event.</param>
/// <param name="Field">The member at fault, e.g. <c>name</c> or <c>tags.plan</c>.</param>
/// <param name="Code">Stable, for programs.</param>
/// <param name="Message">For people.</param>
internal sealed record FieldError(int Index, string Field, string Code, string Message);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ErrorBody))]
internal sealed partial class ErrorJson : JsonSerializerContext;
