namespace Eventicat.Control.Storage;

/// <summary>
/// Small JSON documents by kind and id, each changed by compare-and-set, so that concurrent writers lose nothing and a
/// crash leaves the old or the new one.
/// Every call may throw <see cref="Accounts.Storage.AccountStoreUnavailableException"/>.
/// </summary>
public interface IRecordStore
{
    /// <returns><c>null</c> when there is none, or it has expired.</returns>
    Task<StoredRecord?> FindAsync(string kind, string id, CancellationToken cancellationToken);

    /// <summary>Stores a record durably if it is still the expected one.</summary>
    /// <param name="kind">One of <see cref="RecordKind"/>.</param>
    /// <param name="record">The new content, and the version that it was made from; 0: there must be none.</param>
    /// <param name="expires">When it ceases to exist; such records are not listed. <c>null</c> for never.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <returns>Whether it was stored.</returns>
    Task<bool> TryPutAsync(string kind, StoredRecord record, DateTimeOffset? expires, CancellationToken cancellationToken);

    /// <returns>Whether there was one.</returns>
    Task<bool> DeleteAsync(string kind, string id, CancellationToken cancellationToken);

    /// <summary>Records in ordinal order of their ids.</summary>
    /// <param name="kind">One of <see cref="RecordKind"/>.</param>
    /// <param name="after">The last id of the page before; <c>null</c> from the start.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    Task<IReadOnlyList<StoredRecord>> ListAsync(string kind, string? after, int limit, CancellationToken cancellationToken);
}

/// <param name="Id">Unique within its kind.</param>
/// <param name="Version">From 1, one more with each change.</param>
/// <param name="Json">The content.</param>
public sealed record StoredRecord(string Id, long Version, string Json);

/// <summary>What a record is about; a part of its key.</summary>
public static class RecordKind
{
    public const string User = "user";
    public const string Token = "token";
    public const string Request = "request";
    public const string ProtectionKey = "protection-key";
}
