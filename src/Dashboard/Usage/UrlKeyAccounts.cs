namespace Eventicat.Dashboard.Usage;

/// <summary>A page of accounts that still use keys in URLs, latest use first.</summary>
internal sealed record UrlKeyAccounts(IReadOnlyList<UrlKeyAccount> Accounts, string? Next);
