using System.Text.Json;
using System.Text.Json.Serialization;

namespace Eventicat.Accounts.Storage.Documents;

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
