using Eventicat.Accounts;

namespace Eventicat.Control.Auditing;

/// <summary>Which entries to read.</summary>
/// <param name="Account">Of this account only; <c>null</c> for all.</param>
/// <param name="Before">The cursor of an earlier page; <c>null</c> for the newest.</param>
/// <param name="Limit">How many at most, 1 to 1000.</param>
public sealed record AuditQuery(AccountId? Account = null, string? Before = null, int Limit = 100);
