using System.Text.Json;
using System.Text.Json.Serialization;
using Eventicat.Control.Operations;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Eventicat.Dashboard.Admin.Keys;

/// <summary>Keys that somebody has found: one key, or a list as secret scanners send it.</summary>
internal sealed record LeakReport(IReadOnlyList<string> Keys, bool IsList)
{
    public const string Example = """{"key":"evc_k3J9xQ2b_…"}""";

    /// <returns><c>null</c>: the body has neither form.</returns>
    public static LeakReport? Read(JsonElement body) => body.ValueKind switch
    {
        JsonValueKind.Object => TextOf(body, "key") is { } key && body.EnumerateObject().Count() == 1 ? new LeakReport([key], IsList: false) : null,
        // Scanners add members as they see fit.
        JsonValueKind.Array => body.EnumerateArray().Select(found => found.ValueKind == JsonValueKind.Object ? TextOf(found, "token") : null).ToList()
            is var tokens && !tokens.Contains(null) ? new LeakReport(tokens!, IsList: true) : null,
        _ => null,
    };

    private static string? TextOf(JsonElement item, string member) =>
        item.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>What was done about a reported key, which is named by its id only.</summary>
/// <param name="Account">The id of the key's account.</param>
/// <param name="Key">The key's public id.</param>
/// <param name="Revoked">Since when it no longer works.</param>
/// <param name="Error">Set instead of the others when no account has the key.</param>
internal sealed record LeakBody(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Account,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Key,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? Revoked,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Error)
{
    public const string Example = """{"account":"acme","key":"k3J9xQ2b","revoked":"2027-01-31T12:00:00+00:00"}""";

    public static LeakBody Of(LeakedKey leaked) => new(leaked.Account.ToString(), leaked.Key.Id.ToString(), leaked.Key.Revoked, null);

    public static LeakBody Of(Denial denial) => new(null, null, null, denial.Message);
}

/// <summary>A body that may have one of several forms, as it came.</summary>
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

/// <summary>Describes the two forms of a leak report in the OpenAPI document, since no C# type has both.</summary>
internal sealed class LeakReportSchema : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonTypeInfo.Type == typeof(JsonDocumentBody))
        {
            schema.OneOf = [ObjectWith("key"), new OpenApiSchema { Type = JsonSchemaType.Array, Items = ObjectWith("token") }];
        }

        return Task.CompletedTask;
    }

    private static OpenApiSchema ObjectWith(string member) => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string>(StringComparer.Ordinal) { member },
        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal) { [member] = new OpenApiSchema { Type = JsonSchemaType.String } },
    };
}
