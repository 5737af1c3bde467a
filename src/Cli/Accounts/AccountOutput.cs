using System.Text.Json.Nodes;
using Eventicat.Accounts;
using Eventicat.Cli.Aggregators;
using Eventicat.Cli.Keys;
using Eventicat.Cli.Output;
using Spectre.Console;

namespace Eventicat.Cli.Accounts;

internal static class AccountOutput
{
    public static readonly string[] Columns = ["Id", "Name", "State", "Limit", "Keys", "Aggregators"];

    public static JsonObject ToJson(Account account) => new()
    {
        ["id"] = account.Id.ToString(),
        ["name"] = account.Name,
        ["disabled"] = account.Disabled,
        ["limit"] = account.Limit is { } limit
            ? new JsonObject { ["permits"] = limit.Permits, ["window"] = limit.Window.ToString("c") }
            : null,
        ["urlKeys"] = account.UrlKeys is { } policy ? UrlKeyPolicyNames.Of(policy) : null,
    };

    public static string UrlKeys(Account account) => account.UrlKeys is { } policy ? UrlKeyPolicyNames.Of(policy) : "default";

    public static JsonObject ToFullJson(Account account)
    {
        var json = ToJson(account);
        json["keys"] = new JsonArray([.. account.Keys.Select(key => KeyOutput.ToJson(account.Id, key))]);
        json["aggregators"] = new JsonArray([.. account.Aggregators.Select(one => AggregatorOutput.ToJson(account.Id, one))]);
        return json;
    }

    public static string[] ToRow(Account account) =>
    [
        account.Id.ToString(),
        account.Name,
        account.Disabled ? "disabled" : "enabled",
        Formats.Limit(account.Limit),
        Formats.Number(account.Keys.Count),
        Formats.Number(account.Aggregators.Count),
    ];

    public static Table ToTable(Account account) => Tables.Of(
        ["Account", account.Id.ToString()],
        [
            ["Name", account.Name],
            ["State", account.Disabled ? "disabled" : "enabled"],
            ["Limit", Formats.Limit(account.Limit)],
            ["Keys in URLs", UrlKeys(account)],
            .. account.Keys.Select(key => new[] { "Key", $"{key.Id}  {key.Name}  {KeyOutput.State(key)}" }),
            .. account.Aggregators.Select(one => new[] { "Aggregator", $"{one.Id}  {one.Name}" }),
        ]);
}
