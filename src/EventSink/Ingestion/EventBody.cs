using System.Buffers;
using Eventicat.EventSink.Errors;
using Microsoft.Net.Http.Headers;

namespace Eventicat.EventSink.Ingestion;

internal static class EventBody
{
    /// <returns>Why the body is not read at all, or null.</returns>
    public static SinkError? Refusal(HttpRequest request)
    {
        if (request.Headers.ContentEncoding.Any(encoding => !string.Equals(encoding, "identity", StringComparison.OrdinalIgnoreCase)))
        {
            return SinkError.UnsupportedEncoding;
        }

        if (!IsJson(request.ContentType))
        {
            return SinkError.UnsupportedMediaType;
        }

        return request.ContentLength > EventLimits.Bytes ? SinkError.EventTooLarge : null;
    }

    /// <returns>Null when it is longer than an event may be.</returns>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var reader = request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            if (buffer.Length > EventLimits.Bytes)
            {
                reader.AdvanceTo(buffer.End);
                return null;
            }

            if (result.IsCompleted)
            {
                var body = buffer.ToArray();
                reader.AdvanceTo(buffer.End);
                return body;
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    /// <summary>
    /// JSON's own type, none at all, and text/plain, as which <c>navigator.sendBeacon</c> sends a string. A form is not,
    /// which is what <c>curl -d</c> calls every body whose type nobody names.
    /// </summary>
    private static bool IsJson(string? contentType) =>
        string.IsNullOrEmpty(contentType)
        || (MediaTypeHeaderValue.TryParse(contentType, out var type)
            && type.MediaType.Value?.ToUpperInvariant() is "APPLICATION/JSON" or "TEXT/PLAIN"
            && HeaderUtilities.RemoveQuotes(type.Charset).Value?.ToUpperInvariant() is null or "UTF-8" or "UTF8" or "US-ASCII");
}
