using System.CommandLine;
using System.Text.Json.Nodes;
using Eventicat.Cli.CommandLine;
using Eventicat.Control.Operations;

namespace Eventicat.Cli.Keys;

/// <summary><c>key import ACCOUNT</c></summary>
internal static class ImportKey
{
    public static Command Create()
    {
        var (account, id) = (Arguments.Account("ACCOUNT"), Arguments.KeyOption());
        return new CliCommand(
            "import", "Lets a key from elsewhere go on working. The key is read from standard input.",
            "eventicat key import acme --id legacy < existing-key.txt")
        {
            account, id,
        }.Runs(async (session, token) =>
        {
            var text = await SecretInput.ReadAsync(token);
            var key = (await session.Keys.ImportAsync(session.Context, session.Get(account), text, session.Get(id), new KeySettings(), token)).OrFail();
            var json = new JsonObject { ["id"] = key.Key.Id.ToString(), ["account"] = session.Get(account).ToString() };
            session.Writer.Write(json, $"Imported key {key.Key.Id} into account {session.Get(account)}.");
        });
    }
}
