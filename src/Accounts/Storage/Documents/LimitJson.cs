using System.Text.Json;
using System.Text.Json.Serialization;

namespace Eventicat.Accounts.Storage.Documents;

internal sealed class LimitJson
{
    public int? Permits { get; set; }

    public string? Window { get; set; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}
