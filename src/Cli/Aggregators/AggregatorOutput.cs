using System.Text.Json.Nodes;
using Eventicat.Accounts;

namespace Eventicat.Cli.Aggregators;

internal static class AggregatorOutput
{
    public static readonly string[] Columns = ["Id", "Name"];

    public static JsonObject ToJson(AccountId account, Aggregator aggregator) => new()
    {
        ["id"] = aggregator.Id.ToString(),
        ["account"] = account.ToString(),
        ["name"] = aggregator.Name,
    };

    public static JsonObject ToBriefJson(AccountId account, AggregatorId id) =>
        new() { ["id"] = id.ToString(), ["account"] = account.ToString() };

    public static string[] ToRow(Aggregator aggregator) => [aggregator.Id.ToString(), aggregator.Name];
}
