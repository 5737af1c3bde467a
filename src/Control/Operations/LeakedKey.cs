using Eventicat.Accounts;

namespace Eventicat.Control.Operations;

/// <summary>A key that was found where it should not be, and no longer works.</summary>
public sealed record LeakedKey(AccountId Account, AccountKey Key);
