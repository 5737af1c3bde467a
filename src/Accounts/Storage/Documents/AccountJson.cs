using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Eventicat.Hosting.Formats;

namespace Eventicat.Accounts.Storage.Documents;

internal sealed class DocumentJson
{
    public const int CurrentVersion = 1;

    public int Version { get; set; } = CurrentVersion;

    public List<AccountJson>? Accounts { get; set; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>
/// The JSON members of an account, in the order in which they are written. Members that nobody knows are collected,
/// not skipped: a typing error in <c>disabled</c> must not leave an account enabled.
/// </summary>
internal sealed class AccountJson
{
    public string? Id { get; set; }

    public string? Name { get; set; }

    public bool Disabled { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LimitJson? Limit { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? UrlKeys { get; set; }

    public List<KeyJson>? Keys { get; set; }

    public List<AggregatorJson>? Aggregators { get; set; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

internal sealed class LimitJson
{
    public int? Permits { get; set; }

    public string? Window { get; set; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

internal sealed class KeyJson
{
    public string? Id { get; set; }

    public string? Name { get; set; }

    public string? Sha256 { get; set; }

    /// <value>Both when the member is missing; an explicit <c>null</c> is an error, not a grant.</value>
    public List<string>? Scopes { get; set; } = [ScopeNames.Ingest, ScopeNames.Read];

    public DateTimeOffset? Created { get; set; }

    public DateTimeOffset? Expires { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Revoked { get; set; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

internal sealed class AggregatorJson
{
    public string? Id { get; set; }

    public string? Name { get; set; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

internal static class AccountJsonFormat
{
    /// <summary>One line: for Redis and NDJSON.</summary>
    public static AccountJsonContext Compact { get; } = With(indented: false);

    /// <summary>For the file that people read and keep in version control.</summary>
    public static AccountJsonContext Indented { get; } = With(indented: true);

    // Relaxed: names appear as typed, not as \u escapes. The text is never embedded into HTML as it is.
    private static AccountJsonContext With(bool indented) => new(new JsonSerializerOptions(AccountJsonContext.Default.Options)
    {
        WriteIndented = indented,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    Converters = [typeof(Rfc3339Converter)],
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(DocumentJson))]
internal sealed partial class AccountJsonContext : JsonSerializerContext;
