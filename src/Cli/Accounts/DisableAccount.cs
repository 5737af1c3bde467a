using System.CommandLine;
using Eventicat.Cli.CommandLine;
using Eventicat.Control.Operations;

namespace Eventicat.Cli.Accounts;

/// <summary><c>account disable ID</c></summary>
internal static class DisableAccount
{
    public static Command Create()
    {
        var (id, yes) = (Arguments.Account("ID"), CommonOptions.Yes());
        return new CliCommand("disable", "Refuses all of an account's keys until it is enabled.", "eventicat account disable acme")
        {
            id, yes,
        }.Runs(async (session, token) =>
        {
            Confirmation.Ask(session.Get(yes), $"Refuse all requests of account {session.Get(id)}?");
            var update = new AccountUpdate { Disabled = true };
            var account = (await session.Accounts.UpdateAsync(session.Context, session.Get(id), update, token)).OrFail();
            session.Writer.Write(AccountOutput.ToJson(account), $"Account {account.Id} is disabled.");
        });
    }
}
