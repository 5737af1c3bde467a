using Eventicat.Accounts;

namespace Eventicat.Control.AccountStorage;

/// <summary>A part of all accounts, in the ordinal order of their ids.</summary>
/// <param name="Accounts">Empty only where there is nothing more to come.</param>
/// <param name="Next">The next page's <see cref="AccountPageRequest.After"/>; <c>null</c> at the end.</param>
public sealed record AccountPage(IReadOnlyList<AccountSnapshot> Accounts, AccountId? Next);
