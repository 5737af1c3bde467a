using System.Text.Json.Nodes;
using Eventicat.Cli.Output;
using Eventicat.Control.Tokens;

namespace Eventicat.Cli.Tokens;

internal static class TokenOutput
{
    public static readonly string[] Columns = ["Id", "Name", "Created", "Last used", "State"];

    public static JsonObject ToJson(TokenRecord token) => new()
    {
        ["id"] = token.Id,
        ["name"] = token.Name,
        ["created"] = Formats.Moment(token.Created),
        ["expires"] = Formats.Moment(token.Expires),
        ["lastUsed"] = Formats.Day(Day(token.Used)),
    };

    public static string[] ToRow(TokenRecord token) =>
    [
        token.Id,
        token.Name,
        Formats.Moment(token.Created)!,
        Formats.Day(Day(token.Used)) ?? "-",
        token.Expires is not { } end ? "active"
            : end <= TimeProvider.System.GetUtcNow() ? $"expired {Formats.Moment(end)}"
            : $"expires {Formats.Moment(end)}",
    ];

    /// <summary>The one time that a token is shown. The note is no part of the result, so that a script gets the token alone.</summary>
    public static void WriteOnce(ResultWriter writer, NewToken token)
    {
        var json = new JsonObject
        {
            ["id"] = token.Record.Id,
            ["name"] = token.Record.Name,
            ["token"] = token.Secret.Reveal(),
            ["expires"] = Formats.Moment(token.Record.Expires),
        };
        writer.Write(json, token.Secret.Reveal());
        if (!writer.IsJson)
        {
            Console.Error.WriteLine($"This is token {token.Record.Id}. It is shown only this once.");
        }
    }

    private static DateOnly? Day(DateTimeOffset? moment) => moment is { } used ? DateOnly.FromDateTime(used.UtcDateTime) : null;
}
