using Eventicat.Accounts.Storage;

namespace Eventicat.Accounts.Tests.Caching;

/// <summary>A store that a test sets, breaks and counts.</summary>
internal sealed class StubAccountReader : IAccountReader
{
    public AccountSnapshot? Account { get; set; }

    public bool IsAway { get; set; }

    public int Loads { get; private set; }

    public int EpochReads { get; private set; }

    /// <value>What looking up a key or an epoch waits for.</value>
    public Task Gate { get; set; } = Task.CompletedTask;

    public async ValueTask<AccountSnapshot?> FindByKeyAsync(KeyDigest digest, CancellationToken cancellationToken)
    {
        Loads++;
        ThrowIfAway();
        await Gate;
        return Account?.FindKey(digest) is null ? null : Account;
    }

    public ValueTask<AccountSnapshot?> FindAsync(AccountId id, CancellationToken cancellationToken)
    {
        Loads++;
        ThrowIfAway();
        return new(Account);
    }

    public async ValueTask<long?> GetEpochAsync(AccountId id, CancellationToken cancellationToken)
    {
        EpochReads++;
        ThrowIfAway();
        await Gate;
        return Account?.Epoch;
    }

    private void ThrowIfAway()
    {
        if (IsAway)
        {
            throw new AccountStoreUnavailableException("away");
        }
    }
}
