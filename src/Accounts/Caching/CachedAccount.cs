namespace Eventicat.Accounts.Caching;

/// <summary>
/// An account as this process last saw it. It may be used for <see cref="AccountDirectory.Freshness"/> after the
/// send time of the call that last confirmed its epoch; then it has to be confirmed again.
/// </summary>
public sealed class CachedAccount
{
    private readonly Lock _gate = new();
    private AccountSnapshot? _snapshot;
    private long _confirmedAt;
    private long? _failedAt;
    private Task<bool>? _confirming;

    internal CachedAccount(AccountSnapshot snapshot, long confirmedAt)
    {
        Id = snapshot.Account.Id;
        _snapshot = snapshot;
        _confirmedAt = confirmedAt;
    }

    public AccountId Id { get; }

    /// <value>The latest content; <c>null</c> once the account is gone.</value>
    public AccountSnapshot? Snapshot => Volatile.Read(ref _snapshot);

    internal long ConfirmedAt => Volatile.Read(ref _confirmedAt);

    /// <summary>
    /// A reply to a call sent at <paramref name="sentAt"/> (a <see cref="TimeProvider"/> timestamp) carried this epoch.
    /// </summary>
    /// <returns>Whether it is the epoch of <see cref="Snapshot"/>; if not, nothing is confirmed.</returns>
    public bool Confirm(long epoch, long sentAt)
    {
        lock (_gate)
        {
            if (_snapshot?.Epoch != epoch)
            {
                return false;
            }

            Advance(sentAt);
            return true;
        }
    }

    /// <summary>Takes what a load sent at <paramref name="sentAt"/> brought, unless a later one was taken already.</summary>
    internal void Replace(AccountSnapshot? snapshot, long sentAt)
    {
        lock (_gate)
        {
            if (sentAt < _confirmedAt)
            {
                return;
            }

            if (snapshot?.Epoch != _snapshot?.Epoch)
            {
                Volatile.Write(ref _snapshot, snapshot);
            }

            Advance(sentAt);
        }
    }

    /// <summary>
    /// Joins the confirmation under way, or starts one: one call in flight per account, and none within
    /// <see cref="AccountDirectory.Freshness"/> of one that failed, which bounds how often a failing store is asked.
    /// </summary>
    /// <returns>Whether the store answered.</returns>
    internal Task<bool> ConfirmOnce(Func<CachedAccount, Task<bool>> confirm, TimeProvider time)
    {
        lock (_gate)
        {
            if (_confirming is { IsCompleted: false })
            {
                return _confirming;
            }

            return _failedAt is { } failedAt && time.GetElapsedTime(failedAt) < AccountDirectory.Freshness
                ? Task.FromResult(false)
                : _confirming = confirm(this);
        }
    }

    internal void Failed(long at)
    {
        lock (_gate)
        {
            _failedAt = at;
        }
    }

    private void Advance(long sentAt)
    {
        if (sentAt > _confirmedAt)
        {
            Volatile.Write(ref _confirmedAt, sentAt);
        }
    }
}

/// <summary>A key that worked when it was looked up, and the account it belongs to.</summary>
/// <param name="Account">The account, shared by all its keys and kept current.</param>
/// <param name="Snapshot">The account's content the key was checked against.</param>
/// <param name="Key">The key's record.</param>
public sealed record VerifiedKey(CachedAccount Account, AccountSnapshot Snapshot, AccountKey Key);
