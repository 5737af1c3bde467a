using System.CommandLine;
using Eventicat.Cli.CommandLine;

namespace Eventicat.Cli.Accounts;

/// <summary><c>account create ID</c></summary>
internal static class CreateAccount
{
    public static Command Create()
    {
        var (id, name) = (Arguments.NewAccount("ID"), CommonOptions.Name());
        var (permits, window) = (LimitOptions.Permits(), LimitOptions.Window("Default: one minute."));
        return new CliCommand(
            "create", "Creates an account.",
            "eventicat account create acme", "eventicat account create acme --name \"Acme Inc.\" --permits 1000 --window 1m")
        {
            id, name, permits, window,
        }.Runs(async (session, token) =>
        {
            var limit = LimitOptions.Read(session.Get(permits), session.Get(window));
            var account = (await session.Accounts.CreateAsync(session.Context, session.Get(id), session.Get(name), limit, token)).OrFail();
            session.Writer.Write(AccountOutput.ToJson(account), $"Created account {account.Id}.");
        }, StoreNeed.Nothing);
    }
}
