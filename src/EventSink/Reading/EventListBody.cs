using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Eventicat.EventSink.Storage;
using Eventicat.Hosting.Formats;
using Microsoft.Extensions.Primitives;

namespace Eventicat.EventSink.Reading;

internal static class EventListBody
{
    public static ReadOnlyMemory<byte> From(EventPage page)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("events");
            foreach (var stored in page.Events)
            {
                Write(writer, stored);
            }

            writer.WriteEndArray();
            if (page.Next is { } next)
            {
                writer.WriteString("cursor", EventCursor.Format(next));
            }
            else
            {
                writer.WriteNull("cursor");
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter writer, StoredEvent stored)
    {
        var (receipt, item) = stored;
        writer.WriteStartObject();
        writer.WriteString("id", receipt.Id);
        writer.WriteString("name", item.Name);
        WriteText(writer, "timestamp", item.Timestamp?.ToRfc3339());
        writer.WriteString("received", receipt.Received.ToRfc3339());
        if (item.Value is { } value)
        {
            writer.WriteNumber("value", value);
        }

        WriteText(writer, "description", item.Description);
        WriteJson(writer, "tags", item.Tags);
        WriteJson(writer, "data", item.Data);
        WriteText(writer, "clientId", item.ClientId);
        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(name, text);
        }
    }

    private static void WriteJson(Utf8JsonWriter writer, string name, string? json)
    {
        if (json is not null)
        {
            writer.WritePropertyName(name);
            // Checked when it was stored.
            writer.WriteRawValue(json, skipInputValidation: true);
        }
    }
}

/// <summary>A position in the order of events as clients pass it around: they need not know what it is.</summary>
internal static class EventCursor
{
    private const string Prefix = "e";

    public static string Format(long position) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{position:x}");

    /// <returns>False for what was never a cursor. Nothing at all is the start.</returns>
    public static bool TryParse(StringValues values, out long? position)
    {
        position = null;
        if (values is [] or [""])
        {
            return true;
        }

        var valid = long.TryParse(
            values is [{ } text] && text.StartsWith(Prefix, StringComparison.Ordinal) ? text.AsSpan(Prefix.Length) : "",
            NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var parsed) && parsed >= 0;
        position = valid ? parsed : null;
        return valid;
    }
}
