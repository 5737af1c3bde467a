using Eventicat.Accounts;
using Eventicat.Control.Auditing;

namespace Eventicat.Control.Operations;

/// <summary>On whose behalf an operation is done.</summary>
/// <param name="Actor">Goes into the audit log.</param>
/// <param name="Expected">The version that the actor has seen: if the account is another by now, nothing is done. <c>null</c>: whatever it is.</param>
public sealed record OperationContext(Actor Actor, AccountVersion? Expected = null);
