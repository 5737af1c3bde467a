using System.CommandLine;
using System.Runtime.CompilerServices;
using Eventicat.Accounts;
using Eventicat.Cli.CommandLine;
using Eventicat.Control.Auditing;

namespace Eventicat.Cli.Audit;

/// <summary><c>eventicat audit</c></summary>
internal static class AuditCommand
{
    private const int DefaultLimit = 100;
    private const int PageSize = 1000;

    public static Command Create()
    {
        var account = Arguments.AccountOption("Of this account only.");
        var limit = new Option<int>("--limit") { Description = "How many at most.", HelpName = "N", DefaultValueFactory = _ => DefaultLimit };
        limit.Validators.Add(result =>
        {
            if (result.Tokens is [var given] && !(int.TryParse(given.Value, out var number) && number > 0))
            {
                result.AddError("--limit must be a number above 0.");
            }
        });
        return new CliCommand(
            "audit", "Shows who changed what, newest first.",
            "eventicat audit", "eventicat audit --account acme --limit 20 --json")
        {
            account, limit,
        }.Runs(
            (session, token) => session.Writer.WriteListAsync(
                EntriesAsync(session.Audit, session.Get(account), session.Get(limit), token),
                AuditOutput.ToJson,
                AuditOutput.Columns,
                AuditOutput.ToRow),
            StoreNeed.Control);
    }

    private static async IAsyncEnumerable<AuditEntry> EntriesAsync(
        IAuditLog log, AccountId? account, int limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? before = null;
        do
        {
            var page = await log.ReadAsync(new AuditQuery(account, before, Math.Min(limit, PageSize)), cancellationToken);
            foreach (var entry in page.Entries)
            {
                yield return entry;
            }

            limit -= page.Entries.Count;
            before = page.Next;
        }
        while (before is not null && limit > 0);
    }
}
