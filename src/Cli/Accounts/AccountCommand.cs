using System.CommandLine;
using Eventicat.Accounts;
using Eventicat.Accounts.Operations;
using Eventicat.Cli.CommandLine;

namespace Eventicat.Cli.Accounts;

/// <summary><c>eventicat account …</c></summary>
internal static class AccountCommand
{
    private static readonly TimeSpan DefaultWindow = TimeSpan.FromMinutes(1);

    public static Command Create() => new("account", "Accounts: who is authenticated and limited.")
    {
        CreateCreate(), CreateList(), CreateShow(), CreateLimit(), CreateDisable(), CreateEnable(), CreateDelete(),
    };

    private static Command CreateCreate()
    {
        var (id, name) = (Arguments.Account("ID"), CommonOptions.Name());
        var (permits, window) = (Permits(required: false), TimeOptions.Duration("--window", "Default: one minute."));
        return new Command("create", "Creates an account.") { id, name, permits, window }.Runs(async (session, token) =>
        {
            var limit = session.Get(permits) is { } number
                ? new AccountLimit(number, session.Get(window) ?? DefaultWindow)
                : session.Get(window) is null ? null : throw new CommandException("--window needs --permits.");
            var account = (await session.Accounts.CreateAsync(session.Context, session.Get(id), session.Get(name), limit, token)).OrFail();
            session.Writer.Write(AccountOutput.ToJson(account), $"Created account {account.Id}.");
        });
    }

    private static Command CreateList() => new Command("list", "Lists all accounts.").Runs((session, token) =>
        session.Writer.WriteListAsync(session.Accounts.ListAsync(token), AccountOutput.ToJson, AccountOutput.Columns, AccountOutput.ToRow));

    private static Command CreateShow()
    {
        var id = Arguments.Account("ID");
        return new Command("show", "Shows an account with its keys and aggregators.") { id }.Runs(async (session, token) =>
        {
            var account = (await session.Accounts.FindAsync(session.Get(id), token)).OrFail();
            session.Writer.Write(AccountOutput.ToFullJson(account), AccountOutput.ToTable(account));
        });
    }

    private static Command CreateLimit()
    {
        var (id, permits, window) = (Arguments.Account("ID"), Permits(required: true), TimeOptions.Duration("--window", "The limit's window."));
        window.Required = true;
        return new Command("limit", "Sets an account's limit.") { id, permits, window }.Runs(async (session, token) =>
        {
            var limit = new AccountLimit(session.Get(permits)!.Value, session.Get(window)!.Value);
            var account = (await session.Accounts.UpdateAsync(session.Context, session.Get(id), new AccountUpdate { Limit = limit }, token)).OrFail();
            session.Writer.Write(AccountOutput.ToJson(account), $"Account {account.Id} may now send {Output.Formats.Limit(limit)}.");
        });
    }

    private static Command CreateDisable()
    {
        var id = Arguments.Account("ID");
        return new Command("disable", "Refuses all of an account's keys until it is enabled.") { id, CommonOptions.Yes() }
            .Runs(async (session, token) =>
            {
                var account = (await session.Accounts.UpdateAsync(session.Context, session.Get(id), new AccountUpdate { Disabled = true }, token)).OrFail();
                session.Writer.Write(AccountOutput.ToJson(account), $"Account {account.Id} is disabled.");
            });
    }

    private static Command CreateEnable()
    {
        var id = Arguments.Account("ID");
        return new Command("enable", "Lets a disabled account's keys work again.") { id }.Runs(async (session, token) =>
        {
            var account = (await session.Accounts.UpdateAsync(session.Context, session.Get(id), new AccountUpdate { Disabled = false }, token)).OrFail();
            session.Writer.Write(AccountOutput.ToJson(account), $"Account {account.Id} is enabled.");
        });
    }

    private static Command CreateDelete()
    {
        var (id, yes) = (Arguments.Account("ID"), CommonOptions.Yes());
        return new Command("delete", "Deletes an account with its keys and aggregators.") { id, yes }.Runs(async (session, token) =>
        {
            Confirmation.Demand(session.Get(yes), $"Delete account {session.Get(id)} with its keys and aggregators?");
            var account = (await session.Accounts.DeleteAsync(session.Context, session.Get(id), token)).OrFail();
            session.Writer.Write(AccountOutput.ToJson(account), $"Deleted account {account.Id}.");
        });
    }

    private static Option<int?> Permits(bool required) => new("--permits")
    {
        Description = "How many requests are admitted in any window.",
        HelpName = "N",
        Required = required,
    };
}
