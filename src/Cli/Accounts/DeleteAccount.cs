using System.CommandLine;
using Eventicat.Cli.CommandLine;

namespace Eventicat.Cli.Accounts;

/// <summary><c>account delete ID</c></summary>
internal static class DeleteAccount
{
    public static Command Create()
    {
        var (id, yes) = (Arguments.Account("ID"), CommonOptions.Yes());
        return new CliCommand("delete", "Deletes an account with its keys and aggregators.", "eventicat account delete acme --yes")
        {
            id, yes,
        }.Runs(async (session, token) =>
        {
            Confirmation.Demand(session.Get(yes), $"Delete account {session.Get(id)} with its keys and aggregators?");
            var account = (await session.Accounts.DeleteAsync(session.Context, session.Get(id), token)).OrFail();
            session.Writer.Write(AccountOutput.ToJson(account), $"Deleted account {account.Id}.");
        });
    }
}
