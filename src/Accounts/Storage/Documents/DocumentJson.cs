using System.Text.Json;
using System.Text.Json.Serialization;

namespace Eventicat.Accounts.Storage.Documents;

internal sealed class DocumentJson
{
    public const int CurrentVersion = 1;

    public int Version { get; set; } = CurrentVersion;

    public List<AccountJson>? Accounts { get; set; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}
