using Eventicat.Accounts.Auditing;
using Eventicat.Accounts.Storage;
using Eventicat.Cli.CommandLine;

namespace Eventicat.Cli.Verify;

/// <summary>The stores that this command line's own configuration leads to.</summary>
internal static class StoreChecks
{
    public static IEnumerable<Check> Of(Session session)
    {
        yield return new("accounts", token => AskAsync("accounts store", async () =>
            (await session.Accounts.ListPageAsync(new AccountPageRequest(limit: 1), token)).Accounts.Count > 0));
        yield return new("control", token => AskAsync("control store", async () =>
            (await session.Audit.ReadAsync(new AuditQuery(Limit: 1), token)).Entries.Count > 0));
    }

    private static async Task<CheckResult> AskAsync(string store, Func<Task<bool>> hasAny)
    {
        try
        {
            return await hasAny() ? CheckResult.Ok($"The {store} answers.") : CheckResult.Warning($"The {store} answers, and is empty.");
        }
        catch (AccountStoreUnavailableException exception)
        {
            return CheckResult.Failed(Output.OneLine.Of(exception.Message));
        }
    }
}
