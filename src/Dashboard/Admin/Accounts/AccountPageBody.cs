namespace Eventicat.Dashboard.Admin.Accounts;

/// <param name="Accounts">In the ordinal order of their ids.</param>
/// <param name="Next">The next page's after; null at the end.</param>
internal sealed record AccountPageBody(IEnumerable<AccountBody> Accounts, string? Next);
