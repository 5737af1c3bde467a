using Eventicat.Accounts;
using Eventicat.Accounts.Storage.Documents;

namespace Eventicat.Control.AccountStorage;

/// <summary>What a store demands of a changed account before it stores it.</summary>
internal static class AccountChange
{
    /// <exception cref="InvalidOperationException">The account could not be read back: storing it would break the store.</exception>
    public static void Check(AccountId id, Account? account)
    {
        if (account is null)
        {
            return;
        }

        if (account.Id != id)
        {
            throw new InvalidOperationException($"A change of account '{id}' gave account '{account.Id}'.");
        }

        if (AccountDocument.ReadOne(AccountDocument.WriteOne(account), out var errors) is null)
        {
            throw new InvalidOperationException($"A change of account '{id}' is not valid: {string.Join("; ", errors)}");
        }
    }
}
