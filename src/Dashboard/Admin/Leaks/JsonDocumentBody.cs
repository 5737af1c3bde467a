using System.Text.Json;
using System.Text.Json.Serialization;

namespace Eventicat.Dashboard.Admin.Leaks;

/// <summary>A body of more than one form.</summary>
[JsonConverter(typeof(Converter))]
internal sealed record JsonDocumentBody(JsonElement Root)
{
    private sealed class Converter : JsonConverter<JsonDocumentBody>
    {
        public override JsonDocumentBody Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(JsonElement.ParseValue(ref reader));

        public override void Write(Utf8JsonWriter writer, JsonDocumentBody value, JsonSerializerOptions options) => value.Root.WriteTo(writer);
    }
}
