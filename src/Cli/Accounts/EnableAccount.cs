using System.CommandLine;
using Eventicat.Cli.CommandLine;
using Eventicat.Control.Operations;

namespace Eventicat.Cli.Accounts;

/// <summary><c>account enable ID</c></summary>
internal static class EnableAccount
{
    public static Command Create()
    {
        var id = Arguments.Account("ID");
        return new CliCommand("enable", "Lets a disabled account's keys work again.", "eventicat account enable acme")
        {
            id,
        }.Runs(async (session, token) =>
        {
            var update = new AccountUpdate { Disabled = false };
            var account = (await session.Accounts.UpdateAsync(session.Context, session.Get(id), update, token)).OrFail();
            session.Writer.Write(AccountOutput.ToJson(account), $"Account {account.Id} is enabled.");
        });
    }
}
