using System.CommandLine;
using Eventicat.Cli.CommandLine;

namespace Eventicat.Cli.Accounts;

/// <summary><c>account show ID</c></summary>
internal static class ShowAccount
{
    public static Command Create()
    {
        var id = Arguments.Account("ID");
        return new CliCommand(
            "show", "Shows an account with its keys and aggregators.",
            "eventicat account show acme", "eventicat account show acme --json")
        {
            id,
        }.Runs(async (session, token) =>
        {
            var account = (await session.Accounts.FindAsync(session.Get(id), token)).OrFail();
            session.Writer.Write(AccountOutput.ToFullJson(account), AccountOutput.ToTable(account));
        });
    }
}
