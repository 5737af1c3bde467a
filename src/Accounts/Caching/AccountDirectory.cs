using System.Collections.Concurrent;
using BitFaster.Caching.Lru;
using Eventicat.Accounts.Storage;

namespace Eventicat.Accounts.Caching;

/// <summary>Bounds of <see cref="AccountDirectory"/>.</summary>
public sealed class AccountDirectoryOptions
{
    /// <value>How long cached accounts live on while the store does not answer, and only then. Zero or longer; default 5 minutes.</value>
    public TimeSpan MaxStaleness { get; set; } = TimeSpan.FromMinutes(5);

    /// <value>The most verified keys kept. Default 200,000, about 100 MB of typical accounts.</value>
    public int Capacity { get; set; } = 200_000;

    /// <value>The most unknown keys remembered as unknown. Default 20,000.</value>
    public int UnknownCapacity { get; set; } = 20_000;
}

/// <summary>
/// A process's bounded view of the accounts in a store. Keys are cached by digest; what is cached is used for at most
/// <see cref="Freshness"/> past its last confirmation, so a change in the store takes effect within that time.
/// While the store does not answer, accounts already known live on up to <see cref="AccountDirectoryOptions.MaxStaleness"/>.
/// </summary>
public sealed class AccountDirectory
{
    /// <summary>The longest a cached account or a cached "unknown" is used without asking the store again.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromMilliseconds(500);

    private readonly IAccountReader _reader;
    private readonly TimeProvider _time;
    private readonly TimeSpan _maxStaleness;
    private readonly ConcurrentLru<KeyDigest, CachedAccount> _byKey;
    private readonly ConcurrentLru<AccountId, CachedAccount> _byId;
    private readonly ConcurrentLru<KeyDigest, long> _unknownSince;
    private readonly ConcurrentDictionary<KeyDigest, Lazy<Task<CachedAccount?>>> _loading = new();
    private readonly Func<CachedAccount, Task<bool>> _confirm;

    public AccountDirectory(IAccountReader reader, AccountDirectoryOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        _reader = reader;
        _time = time;
        _maxStaleness = options.MaxStaleness;
        _byKey = new(Environment.ProcessorCount, options.Capacity, EqualityComparer<KeyDigest>.Default);
        _byId = new(Environment.ProcessorCount, options.Capacity, EqualityComparer<AccountId>.Default);
        _unknownSince = new(Environment.ProcessorCount, options.UnknownCapacity, EqualityComparer<KeyDigest>.Default);
        _confirm = ConfirmFromStoreAsync;
    }

    /// <summary>
    /// The usable key with this digest, or <c>null</c>: unknown, revoked, expired, or its account is disabled. A denial
    /// is always confirmed. A success may rest on an unconfirmed account: before acting on it the caller confirms it,
    /// by <see cref="CachedAccount.Confirm"/> with an epoch it got anyway, or by <see cref="IsCurrentAsync"/>.
    /// </summary>
    /// <exception cref="AccountStoreUnavailableException">The store did not answer, and nothing recent enough is cached.</exception>
    public ValueTask<VerifiedKey?> VerifyAsync(KeyDigest digest, CancellationToken cancellationToken)
    {
        if (_byKey.TryGet(digest, out var account) && Check(account, digest) is { } verified)
        {
            return new(verified);
        }

        return account is null && IsKnownToBeUnknown(digest) ? default : VerifySlowlyAsync(account, digest, cancellationToken);
    }

    /// <summary>The key, if it can be taken for usable without asking the store, as <see cref="VerifyAsync"/> would then do.</summary>
    public VerifiedKey? FindCached(KeyDigest digest) => _byKey.TryGet(digest, out var account) ? Check(account, digest) : null;

    /// <summary>Whether the store said within <see cref="Freshness"/> that no account has this key.</summary>
    public bool IsCachedAsUnknown(KeyDigest digest) => !_byKey.TryGet(digest, out _) && IsKnownToBeUnknown(digest);

    /// <summary>Whether the store is being asked for this key at present: to wait for that answer costs no question.</summary>
    public bool IsLookedUp(KeyDigest digest) => _loading.ContainsKey(digest);

    /// <summary>Whether the snapshot is still what the store holds, asking the store when that is not known for certain.</summary>
    /// <returns><c>false</c>: the account changed, and the key has to be verified again.</returns>
    /// <exception cref="AccountStoreUnavailableException">The store has not answered for longer than the staleness allowed.</exception>
    public ValueTask<bool> IsCurrentAsync(VerifiedKey verified, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(verified);
        var account = verified.Account;
        return IsFresh(account) || IsServedStale(account) ? new(IsSame(verified)) : ConfirmAsync(verified, cancellationToken);

        async ValueTask<bool> ConfirmAsync(VerifiedKey verified, CancellationToken cancellationToken)
        {
            await RefreshAsync(verified.Account, cancellationToken);
            return IsSame(verified);
        }

        static bool IsSame(VerifiedKey verified) => ReferenceEquals(verified.Account.Snapshot, verified.Snapshot);
    }

    /// <summary>The account turned out to have changed: loads it, whatever was confirmed before.</summary>
    /// <exception cref="AccountStoreUnavailableException">The store did not answer.</exception>
    public async ValueTask ReloadAsync(CachedAccount account, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        await LoadAsync(account).WaitAsync(cancellationToken);
    }

    private VerifiedKey? Check(CachedAccount account, KeyDigest digest) =>
        account.Snapshot is { Account.Disabled: false } snapshot
        && snapshot.FindKey(digest) is { } key
        && key.IsUsableAt(_time.GetUtcNow())
            ? new VerifiedKey(account, snapshot, key)
            : null;

    private async ValueTask<VerifiedKey?> VerifySlowlyAsync(
        CachedAccount? account, KeyDigest digest, CancellationToken cancellationToken)
    {
        if (account is not null)
        {
            if (!IsFresh(account))
            {
                await RefreshAsync(account, cancellationToken);
                if (Check(account, digest) is { } verified)
                {
                    return verified;
                }
            }

            if (account.Snapshot?.FindKey(digest) is not null)
            {
                return null;
            }

            // The record is gone; the key may have been imported into another account since.
            _byKey.TryRemove(digest);
        }

        return await LoadByKeyOnceAsync(digest).WaitAsync(cancellationToken) is { } loaded ? Check(loaded, digest) : null;
    }

    /// <summary>However many ask for a key that is not cached, the store is asked once at a time.</summary>
    private async Task<CachedAccount?> LoadByKeyOnceAsync(KeyDigest digest)
    {
        var loading = _loading.GetOrAdd(digest, static (digest, self) => new(() => self.LoadByKeyAsync(digest)), this);
        try
        {
            return await loading.Value;
        }
        finally
        {
            _loading.TryRemove(new(digest, loading));
        }
    }

    private async Task<CachedAccount?> LoadByKeyAsync(KeyDigest digest)
    {
        var sentAt = _time.GetTimestamp();
        var snapshot = await _reader.FindByKeyAsync(digest, CancellationToken.None);
        if (snapshot is null)
        {
            _unknownSince.AddOrUpdate(digest, sentAt);
            return null;
        }

        var account = _byId.GetOrAdd(snapshot.Account.Id, static (_, added) => new CachedAccount(added.snapshot, added.sentAt), (snapshot, sentAt));
        account.Replace(snapshot, sentAt);
        _byKey.AddOrUpdate(digest, account);
        return account;
    }

    private async Task RefreshAsync(CachedAccount account, CancellationToken cancellationToken)
    {
        var answered = await account.ConfirmOnce(_confirm, _time).WaitAsync(cancellationToken);
        if (!answered && _time.GetElapsedTime(account.ConfirmedAt) > _maxStaleness)
        {
            throw new AccountStoreUnavailableException("The account store has not answered for longer than Accounts:MaxStaleness.");
        }
    }

    /// <returns>Whether the store answered. Runs without a caller's token: others wait for it as well.</returns>
    private async Task<bool> ConfirmFromStoreAsync(CachedAccount account)
    {
        var sentAt = _time.GetTimestamp();
        try
        {
            var epoch = await _reader.GetEpochAsync(account.Id, CancellationToken.None);
            if (epoch is null || !account.Confirm(epoch.Value, sentAt))
            {
                await LoadAsync(account);
            }

            return true;
        }
        catch (AccountStoreUnavailableException)
        {
            account.Failed(_time.GetTimestamp());
            return false;
        }
    }

    private async Task LoadAsync(CachedAccount account)
    {
        var sentAt = _time.GetTimestamp();
        var snapshot = await _reader.FindAsync(account.Id, CancellationToken.None);
        account.Replace(snapshot, sentAt);
        if (snapshot is null)
        {
            _byId.TryRemove(account.Id);
        }
    }

    private bool IsFresh(CachedAccount account) => _time.GetElapsedTime(account.ConfirmedAt) <= Freshness;

    /// <summary>Nobody waits for a store that is known not to answer. The first request after it is back confirms the account.</summary>
    private bool IsServedStale(CachedAccount account) =>
        _reader.IsAway(account.Id) && _time.GetElapsedTime(account.ConfirmedAt) <= _maxStaleness;

    private bool IsKnownToBeUnknown(KeyDigest digest) =>
        _unknownSince.TryGet(digest, out var since) && _time.GetElapsedTime(since) <= Freshness;
}
