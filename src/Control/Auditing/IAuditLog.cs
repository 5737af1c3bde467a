namespace Eventicat.Control.Auditing;

/// <summary>
/// Where entries are kept. An entry is written before the change that it tells of, so that a crash between the two can
/// leave an entry without its change, never a change without its entry.
/// Every call may throw <see cref="Accounts.Storage.AccountStoreUnavailableException"/>.
/// </summary>
public interface IAuditLog
{
    /// <summary>Returns when the entry is stored durably.</summary>
    Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken);

    /// <summary>Entries, newest first.</summary>
    Task<AuditPage> ReadAsync(AuditQuery query, CancellationToken cancellationToken);
}
