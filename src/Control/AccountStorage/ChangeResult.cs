using Eventicat.Accounts;

namespace Eventicat.Control.AccountStorage;

/// <summary>The outcome of <see cref="IAccountStore.ChangeAsync"/>.</summary>
/// <param name="Snapshot">The account as stored afterwards; <c>null</c> when it does not exist, or on a conflict.</param>
/// <param name="Conflict">The key digest or aggregator id that another account already holds; <c>null</c> on success.</param>
public sealed record ChangeResult(AccountSnapshot? Snapshot, string? Conflict = null);
