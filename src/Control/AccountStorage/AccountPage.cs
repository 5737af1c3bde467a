using Eventicat.Accounts;

namespace Eventicat.Control.AccountStorage;

/// <summary>Which accounts a page shall have.</summary>
public sealed record AccountPageRequest
{
    /// <summary>Bounds what one call may cost a store that also serves gateways.</summary>
    public const int MaxLimit = 1000;

    public const int DefaultLimit = 100;

    /// <param name="after">The id that the page starts after, whether or not there still is such an account; <c>null</c> for the start.</param>
    /// <param name="limit">The most accounts of the page, 1 to <see cref="MaxLimit"/>.</param>
    /// <param name="idPrefix">What all ids start with; may be empty.</param>
    /// <exception cref="ArgumentException">The limit is out of range, or <see cref="IsIdPrefix"/> is false.</exception>
    public AccountPageRequest(AccountId? after = null, int limit = DefaultLimit, string idPrefix = "")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MaxLimit);
        if (!IsIdPrefix(idPrefix))
        {
            throw new ArgumentException("No id starts with this.", nameof(idPrefix));
        }

        (After, Limit, IdPrefix) = (after, limit, idPrefix);
    }

    public AccountId? After { get; }

    public int Limit { get; }

    public string IdPrefix { get; }

    /// <summary>Whether ids can start with this: only characters of an id, no more than it may have, or nothing.</summary>
    public static bool IsIdPrefix(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length == 0 || AccountId.TryParse(text, out _);
    }
}

/// <summary>A part of all accounts, in the ordinal order of their ids.</summary>
/// <param name="Accounts">Empty only where there is nothing more to come.</param>
/// <param name="Next">The next page's <see cref="AccountPageRequest.After"/>; <c>null</c> at the end.</param>
public sealed record AccountPage(IReadOnlyList<AccountSnapshot> Accounts, AccountId? Next);
