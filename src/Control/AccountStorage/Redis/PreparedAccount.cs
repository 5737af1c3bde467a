using Eventicat.Accounts;
using Eventicat.Accounts.Storage.Documents;

namespace Eventicat.Control.AccountStorage.Redis;

/// <summary>An account that shall be stored as it is, checked, with the bytes that will be stored.</summary>
internal sealed record PreparedAccount(Account Account, byte[] Document)
{
    public AccountId Id => Account.Id;

    public static PreparedAccount Of(Account account)
    {
        AccountChange.Check(account.Id, account);
        return new PreparedAccount(account, AccountDocument.WriteOne(account));
    }
}
