using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Eventicat.EventSink.Ingestion;

/// <summary>
/// The <c>data</c> of an event, to which the members that the format does not know are added: beside the members of a
/// <c>data</c> object, which win over them, or beside any other value, which is then the member <c>data</c> of a new object.
/// </summary>
internal static class EventData
{
    /// <summary>Levels of objects and arrays; stops counting just past the limit, however deep the value is.</summary>
    public static int Depth(JsonElement given, IReadOnlyCollection<KeyValuePair<string, JsonElement>> unknown)
    {
        if (unknown.Count == 0)
        {
            return Depth(given, EventLimits.DataDepth);
        }

        var beside = unknown.Max(member => Depth(member.Value, EventLimits.DataDepth)) + 1;
        var own = Depth(given, EventLimits.DataDepth) + (given.ValueKind == JsonValueKind.Object ? 0 : 1);
        return Math.Max(beside, own);
    }

    /// <returns>The JSON to store, or null if there is none.</returns>
    public static string? Merge(JsonElement given, IReadOnlyCollection<KeyValuePair<string, JsonElement>> unknown)
    {
        if (unknown.Count == 0)
        {
            return IsAbsent(given) ? null : given.GetRawText();
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            WriteGiven(writer, given);
            foreach (var (name, value) in unknown.Where(member => !Has(given, member.Key)))
            {
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteGiven(Utf8JsonWriter writer, JsonElement given)
    {
        if (given.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in given.EnumerateObject())
            {
                member.WriteTo(writer);
            }
        }
        else if (!IsAbsent(given))
        {
            writer.WritePropertyName("data");
            given.WriteTo(writer);
        }
    }

    private static bool IsAbsent(JsonElement value) => value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;

    private static bool Has(JsonElement given, string name) =>
        given.ValueKind == JsonValueKind.Object && given.TryGetProperty(name, out _);

    private static int Depth(JsonElement value, int budget) => (value.ValueKind, budget) switch
    {
        (JsonValueKind.Object, 0) or (JsonValueKind.Array, 0) => 1,
        (JsonValueKind.Object, _) => 1 + value.EnumerateObject().Select(member => Depth(member.Value, budget - 1)).DefaultIfEmpty().Max(),
        (JsonValueKind.Array, _) => 1 + value.EnumerateArray().Select(item => Depth(item, budget - 1)).DefaultIfEmpty().Max(),
        _ => 0,
    };
}
