using System.Text.Json.Nodes;
using Eventicat.Accounts;
using Eventicat.Cli.Output;
using Eventicat.Control.Operations;

namespace Eventicat.Cli.Keys;

internal static class KeyOutput
{
    public static readonly string[] Columns = ["Id", "Name", "Scopes", "Created", "Last used", "State"];

    public static JsonObject ToJson(AccountId account, AccountKey key) => new()
    {
        ["id"] = key.Id.ToString(),
        ["account"] = account.ToString(),
        ["name"] = key.Name,
        ["scopes"] = new JsonArray([.. ScopeNames.Of(key.Scopes).Select(scope => (JsonNode)scope)]),
        ["created"] = Formats.Moment(key.Created),
        ["expires"] = Formats.Moment(key.Expires),
        ["revoked"] = Formats.Moment(key.Revoked),
    };

    public static JsonObject ToListedJson(AccountId account, AccountKey key, DateOnly? used)
    {
        var json = ToJson(account, key);
        json["lastUsed"] = Formats.Day(used);
        return json;
    }

    public static string[] ToRow(AccountKey key, DateOnly? used) =>
    [
        key.Id.ToString(),
        key.Name,
        string.Join(' ', ScopeNames.Of(key.Scopes)),
        Formats.Moment(key.Created) ?? "",
        Formats.Day(used) ?? "-",
        State(key),
    ];

    public static string State(AccountKey key) =>
        key.Revoked is not null ? $"revoked {Formats.Moment(key.Revoked)}"
        : key.Expires is null ? "active"
        : key.IsUsableAt(TimeProvider.System.GetUtcNow()) ? $"expires {Formats.Moment(key.Expires)}"
        : $"expired {Formats.Moment(key.Expires)}";

    /// <summary>The one time that a key is shown. The note is no part of the result, so that a script gets the key alone.</summary>
    public static void WriteOnce(ResultWriter writer, AccountId account, NewKey key)
    {
        var json = new JsonObject
        {
            ["id"] = key.Key.Id.ToString(),
            ["account"] = account.ToString(),
            ["key"] = key.Secret.Reveal(),
        };
        writer.Write(json, key.Secret.Reveal());
        if (!writer.IsJson)
        {
            Console.Error.WriteLine($"This is key {key.Key.Id} of account {account}. It is shown only this once.");
        }
    }
}
