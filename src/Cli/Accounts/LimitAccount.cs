using System.CommandLine;
using Eventicat.Accounts;
using Eventicat.Cli.CommandLine;
using Eventicat.Cli.Output;
using Eventicat.Control.Operations;

namespace Eventicat.Cli.Accounts;

/// <summary><c>account limit ID</c></summary>
internal static class LimitAccount
{
    public static Command Create()
    {
        var (id, permits, window) = (Arguments.Account("ID"), LimitOptions.Permits(), LimitOptions.Window("The limit's window."));
        var standard = new Option<bool>("--default") { Description = "The gateway's limit, RateLimit:Permits per RateLimit:Window." };
        var command = new CliCommand(
            "limit", "Sets an account's limit, or gives it the gateway's.",
            "eventicat account limit acme --permits 5000 --window 1m", "eventicat account limit acme --default")
        {
            id, permits, window, standard,
        };
        command.Validators.Add(result =>
        {
            var (hasPermits, hasWindow) = (result.GetResult(permits) is not null, result.GetResult(window) is not null);
            var wrong = result.GetValue(standard) ? hasPermits || hasWindow : !hasPermits || !hasWindow;
            if (wrong)
            {
                result.AddError("Give either --permits and --window, or --default.");
            }
        });
        return command.Runs(async (session, token) =>
        {
            var limit = session.Get(standard) ? null : new AccountLimit(session.Get(permits)!.Value, session.Get(window)!.Value);
            var account = (await session.Accounts.UpdateAsync(session.Context, session.Get(id), new AccountUpdate { Limit = limit }, token)).OrFail();
            var text = limit is null ? "has the gateway's limit" : $"may now send {Formats.Limit(limit)}";
            session.Writer.Write(AccountOutput.ToJson(account), $"Account {account.Id} {text}.");
        });
    }
}
