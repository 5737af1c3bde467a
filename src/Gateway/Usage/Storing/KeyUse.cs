using Eventicat.Accounts;

namespace Eventicat.Gateway.Usage.Storing;

/// <param name="Account">Whose key it is.</param>
/// <param name="Key">Its public id.</param>
/// <param name="Last">When it was last used, in Unix seconds.</param>
internal sealed record KeyUse(AccountId Account, KeyId Key, long Last)
{
    public static int Compare(KeyUse a, KeyUse b) => string.CompareOrdinal(a.Account.ToString(), b.Account.ToString()) is var byAccount and not 0
        ? byAccount
        : string.CompareOrdinal(a.Key.ToString(), b.Key.ToString());
}

/// <summary>An account that sends keys in URLs.</summary>
/// <param name="Account">Which.</param>
/// <param name="Last">When it did so last, in Unix seconds.</param>
/// <param name="Count">How often within <see cref="UsageSpan.UrlKeys"/>.</param>
internal sealed record UrlKeyUse(AccountId Account, long Last, long Count = 0)
{
    /// <summary>Most recent first; the id decides between those of one second, as in a sorted set of Redis read backwards.</summary>
    public static int Compare(UrlKeyUse a, UrlKeyUse b) =>
        a.Last != b.Last ? b.Last.CompareTo(a.Last) : string.CompareOrdinal(b.Account.ToString(), a.Account.ToString());
}
