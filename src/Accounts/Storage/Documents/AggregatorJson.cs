using System.Text.Json;
using System.Text.Json.Serialization;

namespace Eventicat.Accounts.Storage.Documents;

internal sealed class AggregatorJson
{
    public string? Id { get; set; }

    public string? Name { get; set; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}
