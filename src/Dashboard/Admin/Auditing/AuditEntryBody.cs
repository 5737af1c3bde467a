using Eventicat.Control.Auditing;

namespace Eventicat.Dashboard.Admin.Auditing;

/// <param name="Time">When.</param>
/// <param name="Actor">Who, as in token:deploy or operator:ada.</param>
/// <param name="Action">What, as in key.revoke.</param>
/// <param name="Account">To which account; null where it is about none.</param>
/// <param name="Subject">To what in it: the id of a key or aggregator, a user, a token.</param>
/// <param name="Detail">What was changed, for people.</param>
internal sealed record AuditEntryBody(DateTimeOffset Time, string Actor, string Action, string? Account, string Subject, string Detail)
{
    public static AuditEntryBody Of(AuditEntry entry) =>
        new(entry.Time, entry.Actor, entry.Action, entry.Account?.ToString(), entry.Subject, entry.Detail);
}
