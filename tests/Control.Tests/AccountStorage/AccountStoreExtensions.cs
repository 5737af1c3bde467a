using Eventicat.Accounts;
using Eventicat.Control.AccountStorage;

namespace Eventicat.Control.Tests.AccountStorage;

internal static class AccountStoreExtensions
{
    /// <summary>As often as it takes: finds an account, makes another one of it, and replaces it. Making the same one of it writes nothing.</summary>
    public static async Task<ChangeResult> ChangeAsync(
        this IAccountStore store, AccountId id, Func<Account?, Account?> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            var found = await store.FindForChangeAsync(id, cancellationToken);
            var account = change(found.Account);
            if (ReferenceEquals(account, found.Account))
            {
                return new ChangeResult(account is null ? null : new AccountSnapshot(account, found.Version));
            }

            if (await store.TryReplaceAsync(found, account, cancellationToken) is { } result)
            {
                return result;
            }
        }
    }
}
