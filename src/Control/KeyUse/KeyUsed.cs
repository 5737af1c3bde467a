using Eventicat.Accounts;

namespace Eventicat.Control.KeyUse;

/// <param name="Account">Whose key.</param>
/// <param name="Key">Which.</param>
/// <param name="Used">When last.</param>
public sealed record KeyUsed(AccountId Account, KeyId Key, DateTimeOffset Used);
