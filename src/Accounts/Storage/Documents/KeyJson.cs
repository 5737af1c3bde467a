using System.Text.Json;
using System.Text.Json.Serialization;

namespace Eventicat.Accounts.Storage.Documents;

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
