using System.CommandLine;
using Eventicat.Cli.CommandLine;

namespace Eventicat.Cli.Keys;

/// <summary><c>key report-leak</c></summary>
internal static class ReportLeak
{
    /// <summary>Nobody is asked: the key is known to strangers, and whoever pastes it has decided.</summary>
    public static Command Create() => new CliCommand(
        "report-leak", "Ends a key that was found where it should not be, whosever it is. The key is read from standard input.",
        "eventicat key report-leak < found.txt")
        .Runs(async (session, token) =>
        {
            var leaked = (await session.Keys.ReportLeakAsync(session.Context, await SecretInput.ReadAsync(token), token)).OrFail();
            session.Writer.Write(
                KeyOutput.ToJson(leaked.Account, leaked.Key), $"Key {leaked.Key.Id} of account {leaked.Account} is revoked.");
        });
}
