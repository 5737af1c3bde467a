using Eventicat.Accounts;

namespace Eventicat.Control.AccountStorage;

/// <summary>What <see cref="IAccountStore.ApplyAsync"/> did with one account.</summary>
/// <param name="Id">The account's.</param>
/// <param name="Outcome">What was done.</param>
/// <param name="Conflict">The key digest or aggregator id that another account already holds; only with that outcome.</param>
public readonly record struct ApplyResult(AccountId Id, ApplyOutcome Outcome, string? Conflict = null);
