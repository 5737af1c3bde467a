using System.Text.Json;
using System.Text.Unicode;

namespace Eventicat.EventSink.Ingestion;

internal static class JsonText
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    // Depth is a limit of the event, answered with its field; here it must not pass for a syntax error.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = EventLimits.Bytes };

    /// <returns>Null unless the text is JSON in UTF-8 whose strings are all Unicode text.</returns>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> utf8)
    {
        var text = utf8.Span.StartsWith(ByteOrderMark) ? utf8[ByteOrderMark.Length..] : utf8;
        if (!Utf8.IsValid(text.Span))
        {
            return null;
        }

        try
        {
            return EscapesAreText(text.Span) ? JsonDocument.Parse(text, Options) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>An escaped half of a surrogate pair passes the parser, and throws only where the string is read.</summary>
    private static bool EscapesAreText(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IndexOf("\\u"u8) < 0)
        {
            return true;
        }

        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = EventLimits.Bytes });
        try
        {
            while (reader.Read())
            {
                if (reader.ValueIsEscaped)
                {
                    reader.GetString();
                }
            }

            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
