using Eventicat.Accounts;

namespace Eventicat.Gateway.Usage;

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
