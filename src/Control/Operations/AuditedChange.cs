using Eventicat.Accounts;

namespace Eventicat.Control.Operations;

/// <summary>What the audit log says of a change.</summary>
/// <param name="Action">One of <see cref="Auditing.AuditAction"/>.</param>
/// <param name="Subject">To what in the account.</param>
/// <param name="Describe">From the account before and after to the entry's detail.</param>
internal sealed record AuditedChange(string Action, string Subject = "", Func<Account?, Account?, string>? Describe = null);
