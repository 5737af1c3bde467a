namespace Eventicat.Accounts.Caching;

/// <summary>A key that worked when it was looked up, and the account it belongs to.</summary>
/// <param name="Account">The account, shared by all its keys and kept current.</param>
/// <param name="Snapshot">The account's content the key was checked against.</param>
/// <param name="Key">The key's record.</param>
public sealed record VerifiedKey(CachedAccount Account, AccountSnapshot Snapshot, AccountKey Key);
