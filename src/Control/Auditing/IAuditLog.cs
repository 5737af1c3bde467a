using Eventicat.Accounts;

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

/// <summary>Who did what, when. Never a key: only ids and names.</summary>
/// <param name="Time">When.</param>
/// <param name="Actor">Who: <see cref="Auditing.Actor"/> as text.</param>
/// <param name="Action">What: one of <see cref="AuditAction"/>.</param>
/// <param name="Account">To which account; <c>null</c> where it is about none.</param>
/// <param name="Subject">To what in it: a key's or an aggregator's id, a user, a token; may be empty.</param>
/// <param name="Detail">What was changed, for people; may be empty.</param>
public sealed record AuditEntry(
    DateTimeOffset Time, string Actor, string Action, AccountId? Account = null, string Subject = "", string Detail = "");

/// <summary>Which entries to read.</summary>
/// <param name="Account">Of this account only; <c>null</c> for all.</param>
/// <param name="Before">The cursor of an earlier page; <c>null</c> for the newest.</param>
/// <param name="Limit">How many at most, 1 to 1000.</param>
public sealed record AuditQuery(AccountId? Account = null, string? Before = null, int Limit = 100);

/// <param name="Entries">Newest first.</param>
/// <param name="Next">The cursor of the next, older page; <c>null</c> at the end.</param>
public sealed record AuditPage(IReadOnlyList<AuditEntry> Entries, string? Next);

/// <summary>How many entries are kept; older ones go.</summary>
internal static class AuditLimits
{
    public const int All = 1_000_000;
    public const int OfOneAccount = 10_000;
}
