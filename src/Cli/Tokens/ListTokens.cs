using System.CommandLine;
using System.Runtime.CompilerServices;
using Eventicat.Cli.CommandLine;
using Eventicat.Control.Tokens;

namespace Eventicat.Cli.Tokens;

/// <summary><c>token list</c></summary>
internal static class ListTokens
{
    private const int PageSize = 200;

    public static Command Create() => new CliCommand(
        "list", "Lists operator tokens, never the tokens themselves.", "eventicat token list", "eventicat token list --json")
        .Runs(
            (session, token) => session.Writer.WriteListAsync(
                PagesAsync(session.Tokens, token), TokenOutput.ToJson, TokenOutput.Columns, TokenOutput.ToRow),
            StoreNeed.Control);

    private static async IAsyncEnumerable<TokenRecord> PagesAsync(
        TokenOperations tokens, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? after = null;
        // Until nothing comes: a page may be short because somebody revokes tokens meanwhile.
        while (await tokens.ListAsync(after, PageSize, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var record in page)
            {
                yield return record;
            }

            after = page[^1].Id;
        }
    }
}
