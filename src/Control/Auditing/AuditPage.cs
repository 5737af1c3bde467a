namespace Eventicat.Control.Auditing;

/// <param name="Entries">Newest first.</param>
/// <param name="Next">The cursor of the next, older page; <c>null</c> at the end.</param>
public sealed record AuditPage(IReadOnlyList<AuditEntry> Entries, string? Next);
