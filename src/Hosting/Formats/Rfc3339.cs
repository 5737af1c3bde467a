using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Eventicat.Hosting.Formats;

/// <summary>
/// Moments as people write them: with their offset, always. Without one they would mean something else on a machine in
/// another zone, and a key that has expired on one gateway would be served by the next.
/// </summary>
public static class Rfc3339
{
    public const string Rule = "must be a date and time with its offset, such as 2027-01-31T00:00:00Z";

    private static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public static bool TryParse(string? text, out DateTimeOffset moment)
    {
        moment = default;
        return HasOffset(text) && DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out moment);
    }

    /// <summary>UTC to the millisecond.</summary>
    public static string ToRfc3339(this DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    internal static bool HasOffset(ReadOnlySpan<char> text) => text.Length > "yyyy-MM-ddTHH:mm".Length && (text[^1] is 'Z' || text[^6] is '+' or '-');
}

/// <summary>Reads moments from JSON by <see cref="Rfc3339"/>.</summary>
public sealed class Rfc3339Converter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String && Rfc3339.HasOffset(reader.GetString()) && reader.TryGetDateTimeOffset(out var moment)
            ? moment
            : throw new Rfc3339Exception();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value);
    }
}

/// <summary>A member that has to be a moment is none. The serializer adds the path.</summary>
public sealed class Rfc3339Exception() : JsonException(Rfc3339.Rule);
