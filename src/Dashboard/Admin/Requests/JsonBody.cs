using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using Eventicat.Hosting.Formats;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace Eventicat.Dashboard.Admin.Requests;

/// <summary>
/// The body of a request. It is read here and not by the platform, which writes text that it cannot read into the log:
/// that may be a key in the wrong member.
/// </summary>
internal sealed class JsonBody<T> : IBodyPart, IEndpointParameterMetadataProvider
    where T : class
{
    private readonly T? _value;

    private JsonBody(Answer refusal) => Refusal = refusal;

    private JsonBody(T value, string sha256) => (_value, Sha256) = (value, sha256);

    public T Value => _value!;

    public string Sha256 { get; } = "";

    public Answer? Refusal { get; }

    public static async ValueTask<JsonBody<T>> BindAsync(HttpContext context)
    {
        var isMissing = context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false };
        if (isMissing && typeof(T).IsAssignableTo(typeof(IOptionalBody)))
        {
            return Read("{}"u8, context);
        }

        if (!isMissing && !context.Request.HasJsonContentType())
        {
            return Refuse(StatusCodes.Status415UnsupportedMediaType, "Content-Type must be application/json");
        }

        try
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            return Read(body.GetBuffer().AsSpan(0, (int)body.Length), context);
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Refuse(StatusCodes.Status413PayloadTooLarge, "Body too large");
        }
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T)));

    private static JsonBody<T> Read(ReadOnlySpan<byte> json, HttpContext context)
    {
        try
        {
            var options = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
            return JsonSerializer.Deserialize<T>(json, options) is { } value
                ? new JsonBody<T>(value, Convert.ToHexStringLower(SHA256.HashData(json)))
                : Refuse(StatusCodes.Status400BadRequest, "The body must not be null");
        }
        catch (Rfc3339Exception exception)
        {
            // Only members that we know are read as moments, so the path shows nothing of the caller's.
            return Refuse(StatusCodes.Status400BadRequest, $"{exception.Path?[2..]} {Rfc3339.Rule}");
        }
        catch (JsonException exception)
        {
            return Refuse(StatusCodes.Status400BadRequest, Describe(exception));
        }
    }

    private static JsonBody<T> Refuse(int status, string message) => new(Answer.Error(status, message));

    /// <summary>Names the place only: the exception's text and path may repeat members of the body.</summary>
    private static string Describe(JsonException exception) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"The body is not what this takes: line {exception.LineNumber + 1 ?? 1}, byte {exception.BytePositionInLine + 1 ?? 1}");
}
