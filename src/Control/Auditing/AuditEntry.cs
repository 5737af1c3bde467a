using Eventicat.Accounts;

namespace Eventicat.Control.Auditing;

/// <summary>Who did what, when. Never a key: only ids and names.</summary>
/// <param name="Time">When.</param>
/// <param name="Actor">Who: <see cref="Auditing.Actor"/> as text.</param>
/// <param name="Action">What: one of <see cref="AuditAction"/>.</param>
/// <param name="Account">To which account; <c>null</c> where it is about none.</param>
/// <param name="Subject">To what in it: a key's or an aggregator's id, a user, a token; may be empty.</param>
/// <param name="Detail">What was changed, for people; may be empty.</param>
public sealed record AuditEntry(
    DateTimeOffset Time, string Actor, string Action, AccountId? Account = null, string Subject = "", string Detail = "");
