using Eventicat.Accounts.Storage;
using Eventicat.Cli.CommandLine;
using Eventicat.Control.AccountStorage;
using Eventicat.Control.Auditing;

namespace Eventicat.Cli.Verify;

/// <summary>The stores that this command line's own configuration leads to.</summary>
internal static class StoreChecks
{
    public static IEnumerable<Check> Of(Session session)
    {
        yield return new("accounts", token => AskAsync(
            session,
            async () => (await session.Accounts.ListPageAsync(new AccountPageRequest(limit: 1), token)).Accounts.Count > 0
                ? CheckResult.Ok("The accounts store answers.")
                : CheckResult.Warning("The accounts store answers, and has no account: is it the gateway's?"),
            token));
        yield return new("control", token => AskAsync(
            session,
            async () =>
            {
                await session.Audit.ReadAsync(new AuditQuery(Limit: 1), token);
                return CheckResult.Ok("The store of users, tokens and the audit log answers.");
            },
            token));
    }

    private static async Task<CheckResult> AskAsync(Session session, Func<Task<CheckResult>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask();
        }
        catch (AccountStoreUnavailableException exception)
        {
            return CheckResult.Failed(Output.OneLine.Of(await session.ExplainAsync(exception, cancellationToken)));
        }
    }
}
