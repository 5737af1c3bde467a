using System.CommandLine;
using Eventicat.Cli.CommandLine;
using Eventicat.Control.Operations;

namespace Eventicat.Cli.Accounts;

/// <summary><c>account rename ID NAME</c></summary>
internal static class RenameAccount
{
    public static Command Create()
    {
        var (id, name) = (Arguments.Account("ID"), Arguments.NewName());
        return new CliCommand("rename", "Gives an account another name; its id stays.", "eventicat account rename acme \"Acme Inc.\"")
        {
            id, name,
        }.Runs(async (session, token) =>
        {
            var update = new AccountUpdate { Name = session.Get(name) };
            var account = (await session.Accounts.UpdateAsync(session.Context, session.Get(id), update, token)).OrFail();
            session.Writer.Write(AccountOutput.ToJson(account), $"Account {account.Id} is named '{account.Name}'.");
        });
    }
}
