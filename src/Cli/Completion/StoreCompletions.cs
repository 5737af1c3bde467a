using System.CommandLine;
using System.CommandLine.Completions;
using Eventicat.Accounts;
using Eventicat.Cli.CommandLine;
using Eventicat.Control.AccountStorage;

namespace Eventicat.Cli.Completion;

/// <summary>Ids that a shell may offer. Whatever goes wrong, it offers none: an error would land in the middle of a line that somebody types.</summary>
internal static class StoreCompletions
{
    /// <summary>More than anybody chooses from.</summary>
    private const int Most = 50;

    /// <summary>Longer than that, and the shell seems to hang.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(1);

    /// <param name="context">What is completed.</param>
    /// <param name="argument">Where the id goes. The library asks for all of a command's arguments: one that is given already is not offered again.</param>
    public static IEnumerable<CompletionItem> Accounts(CompletionContext context, Argument? argument = null)
    {
        var isGiven = argument is not null
            && context.ParseResult.GetResult(argument)?.Tokens is [var given] && given.Value != context.WordToComplete;
        return isGiven || !AccountPageRequest.IsIdPrefix(context.WordToComplete) ? [] : FindAccounts(context);
    }

    private static IEnumerable<CompletionItem> FindAccounts(CompletionContext context) => Ask(context, async (session, token) =>
    {
        var page = await session.Accounts.ListPageAsync(new AccountPageRequest(limit: Most, idPrefix: context.WordToComplete), token);
        return page.Accounts.Select(snapshot => snapshot.Account.Id.ToString());
    });

    public static IEnumerable<CompletionItem> Keys(CompletionContext context, Argument<AccountId> account) =>
        OfAccount(context, account, found => found.Keys.Select(key => key.Id.ToString()));

    public static IEnumerable<CompletionItem> Aggregators(CompletionContext context, Argument<AccountId> account) =>
        OfAccount(context, account, found => found.Aggregators.Select(one => one.Id.ToString()));

    private static IEnumerable<CompletionItem> OfAccount(
        CompletionContext context, Argument<AccountId> account, Func<Account, IEnumerable<string>> ids) =>
        Ask(context, async (session, token) => (await session.Accounts.FindAsync(session.Get(account), token)).Value is { } found
            ? ids(found).Where(id => id.StartsWith(context.WordToComplete, StringComparison.Ordinal)).Take(Most)
            : []);

    /// <summary>The library has no way to wait for completions, and the process does nothing else.</summary>
    private static IEnumerable<CompletionItem> Ask(
        CompletionContext context, Func<Session, CancellationToken, Task<IEnumerable<string>>> ask)
    {
        try
        {
            return [.. Task.Run(() => AskAsync(context.ParseResult, ask)).GetAwaiter().GetResult().Select(id => new CompletionItem(id))];
        }
        catch (Exception)
        {
            return [];
        }
    }

    private static async Task<IEnumerable<string>> AskAsync(
        ParseResult parsed, Func<Session, CancellationToken, Task<IEnumerable<string>>> ask)
    {
        using var deadline = new CancellationTokenSource(Deadline, TimeProvider.System);
        await using var session = Session.Open(parsed, StoreNeed.Accounts);
        return [.. await ask(session, deadline.Token)];
    }
}
