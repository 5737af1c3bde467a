using System.CommandLine;
using System.Runtime.CompilerServices;
using Eventicat.Accounts;
using Eventicat.Cli.CommandLine;
using Eventicat.Control.AccountStorage;
using Eventicat.Control.Operations;

namespace Eventicat.Cli.Accounts;

/// <summary><c>account list</c></summary>
internal static class ListAccounts
{
    public static Command Create()
    {
        var prefix = new Option<string>("--prefix")
        {
            Description = "Only accounts whose ids start with this.",
            HelpName = "P",
            DefaultValueFactory = _ => "",
        };
        prefix.Validators.Add(result =>
        {
            if (result.Tokens is [var given] && !AccountPageRequest.IsIdPrefix(given.Value))
            {
                result.AddError("--prefix must be letters, digits, '_' or '-', as ids are.");
            }
        });
        return new CliCommand(
            "list", "Lists accounts in the order of their ids.",
            "eventicat account list", "eventicat account list --prefix customer- --json")
        {
            prefix,
        }.Runs((session, token) => session.Writer.WriteListAsync(
            PagesAsync(session.Accounts, session.Get(prefix), token), AccountOutput.ToJson, AccountOutput.Columns, AccountOutput.ToRow));
    }

    /// <summary>A page at a time: a store may hold more accounts than fit into memory.</summary>
    private static async IAsyncEnumerable<Account> PagesAsync(
        AccountOperations accounts, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        AccountId? after = null;
        do
        {
            var page = await accounts.ListPageAsync(new AccountPageRequest(after, AccountPageRequest.MaxLimit, prefix), cancellationToken);
            foreach (var snapshot in page.Accounts)
            {
                yield return snapshot.Account;
            }

            after = page.Next;
        }
        while (after is not null);
    }
}
