using Eventicat.Control.Auditing;

namespace Eventicat.Dashboard.Admin.Auditing;

/// <param name="Time">When it was done.</param>
/// <param name="Actor">Who did it, as in token:deploy or operator:ada.</param>
/// <param name="Action">What was done, as in key.revoke.</param>
/// <param name="Account">The account it was done to; null if it concerns no account.</param>
/// <param name="Subject">The key, aggregator, user or token it was done to.</param>
/// <param name="Detail">What was changed, in words.</param>
internal sealed record AuditEntryBody(DateTimeOffset Time, string Actor, string Action, string? Account, string Subject, string Detail)
{
    public static AuditEntryBody Of(AuditEntry entry) =>
        new(entry.Time, entry.Actor, entry.Action, entry.Account?.ToString(), entry.Subject, entry.Detail);
}

/// <param name="Entries">Newest first.</param>
/// <param name="Next">The value of before for the next, older page; null at the end.</param>
internal sealed record AuditPageBody(IEnumerable<AuditEntryBody> Entries, string? Next)
{
    public const string Example = """
        {"entries":[{"time":"2027-01-31T12:00:00+00:00","actor":"token:deploy","action":"key.create","account":"acme","subject":"k3J9xQ2b",
        "detail":"production, ingest, never ends"}],"next":null}
        """;
}
