using Eventicat.Accounts.Storage;

namespace Eventicat.Accounts.Operations;

/// <summary>Carries decisions through the store, which knows accounts only.</summary>
internal static class OperationExtensions
{
    public static async Task<OperationResult<Account>> DecideAsync(
        this IAccountStore store, AccountId id, Func<Account?, Decision> decide, CancellationToken cancellationToken)
    {
        Denial? denial = null;
        var result = await store.ChangeAsync(
            id,
            account =>
            {
                // Of the last run only: after a lost race the decision is made anew.
                var decision = decide(account);
                denial = decision.Denial;
                return denial is null ? decision.Account : account;
            },
            cancellationToken);
        return denial is not null ? new(denial)
            : result.Conflict is { } conflict ? new(Denials.Taken(conflict))
            : new(result.Snapshot!.Account);
    }

    public static Task<OperationResult<Account>> DecideExistingAsync(
        this IAccountStore store, AccountId id, Func<Account, Decision> decide, CancellationToken cancellationToken) =>
        store.DecideAsync(id, account => account is null ? Denials.AccountNotFound(id) : decide(account), cancellationToken);
}
