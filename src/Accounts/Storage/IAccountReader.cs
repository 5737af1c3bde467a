namespace Eventicat.Accounts.Storage;

/// <summary>What a gateway asks of a store. Every call may throw <see cref="AccountStoreUnavailableException"/>.</summary>
public interface IAccountReader
{
    /// <summary>
    /// Whether the place of this account is known not to answer now. Costs nothing; whoever asks all the same is told
    /// at once that it is unavailable, and once this is no longer so, may ask.
    /// </summary>
    bool IsAway(AccountId id) => false;

    /// <summary>The account that holds this key's record (usable or not), or <c>null</c>: no account has it.</summary>
    ValueTask<AccountSnapshot?> FindByKeyAsync(KeyDigest digest, CancellationToken cancellationToken);

    ValueTask<AccountSnapshot?> FindAsync(AccountId id, CancellationToken cancellationToken);

    /// <summary>The account's present epoch, or <c>null</c> when there is no such account. Cheaper than <see cref="FindAsync"/>.</summary>
    ValueTask<long?> GetEpochAsync(AccountId id, CancellationToken cancellationToken);
}
