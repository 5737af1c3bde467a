namespace Eventicat.Dashboard.Admin.Auditing;

/// <param name="Entries">Newest first.</param>
/// <param name="Next">The next, older page's before; null at the end.</param>
internal sealed record AuditPageBody(IEnumerable<AuditEntryBody> Entries, string? Next);
