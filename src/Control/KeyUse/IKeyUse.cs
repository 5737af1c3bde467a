using Eventicat.Accounts;

namespace Eventicat.Control.KeyUse;

/// <summary>When keys were last used, to the minute or better. What gateways have not yet told is not in it.</summary>
public interface IKeyUse
{
    /// <summary>The keys of an account that were ever used.</summary>
    Task<IReadOnlyDictionary<KeyId, DateTimeOffset>> ReadAsync(AccountId account, CancellationToken cancellationToken);
}

/// <param name="Account">Whose key.</param>
/// <param name="Key">Which.</param>
/// <param name="Used">When last.</param>
public sealed record KeyUsed(AccountId Account, KeyId Key, DateTimeOffset Used);
