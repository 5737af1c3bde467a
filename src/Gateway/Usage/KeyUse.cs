using Eventicat.Accounts;

namespace Eventicat.Gateway.Usage;

/// <param name="Account">Whose key it is.</param>
/// <param name="Key">Its public id.</param>
/// <param name="Last">When it was last used, in Unix seconds.</param>
internal sealed record KeyUse(AccountId Account, KeyId Key, long Last)
{
    public static int Compare(KeyUse a, KeyUse b) => string.CompareOrdinal(a.Account.ToString(), b.Account.ToString()) is var byAccount and not 0
        ? byAccount
        : string.CompareOrdinal(a.Key.ToString(), b.Key.ToString());
}
