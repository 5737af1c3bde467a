using Eventicat.Accounts;
using Eventicat.Accounts.Storage;
using Eventicat.Accounts.Storage.Documents;

namespace Eventicat.Control.AccountStorage;

/// <summary>What holds for every change of an account, in whatever store.</summary>
internal static class AccountChangeRules
{
    /// <summary>Each lost race means that another writer got through; so many in a row is not a race.</summary>
    public const int Attempts = 50;

    public static AccountStoreUnavailableException NeverDone(AccountId id) => new($"Account '{id}' is being changed by others all the time.");

    /// <returns>The account as it will be stored; <c>null</c> for none.</returns>
    /// <exception cref="InvalidOperationException">The account could not be read back: storing it would break the store.</exception>
    public static byte[]? Check(AccountId id, Account? account)
    {
        if (account is null)
        {
            return null;
        }

        if (account.Id != id)
        {
            throw new InvalidOperationException($"A change of account '{id}' gave account '{account.Id}'.");
        }

        var document = AccountDocument.WriteOne(account);
        return AccountDocument.ReadOne(document, out var errors) is null
            ? throw new InvalidOperationException($"A change of account '{id}' is not valid: {string.Join("; ", errors)}")
            : document;
    }
}
