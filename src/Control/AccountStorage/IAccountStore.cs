using Eventicat.Accounts;
using Eventicat.Accounts.Storage;

namespace Eventicat.Control.AccountStorage;

/// <summary>
/// Where accounts live. One primitive changes them: read, transform, write if nobody wrote in between, so that
/// concurrent writers lose nothing and a crash leaves the old or the new state.
/// Every call may throw <see cref="AccountStoreUnavailableException"/>.
/// </summary>
public interface IAccountStore : IAccountReader, IStoreHealth
{
    /// <summary>All accounts, in no particular order; accounts changed meanwhile may appear as before or after.</summary>
    IAsyncEnumerable<AccountSnapshot> ListAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Some of the accounts, in the ordinal order of their ids. Following <see cref="AccountPage.Next"/> gives every
    /// account that exists all the while, once; one that is created or deleted meanwhile may be missing or not.
    /// </summary>
    Task<AccountPage> ListPageAsync(AccountPageRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces one account by <paramref name="change"/> of it. The function is pure: it gets <c>null</c> for an
    /// account that does not exist, answers <c>null</c> for one that shall not exist, and may run more than once.
    /// Returning its argument writes nothing.
    /// </summary>
    /// <returns>What was stored, or why nothing was.</returns>
    Task<ChangeResult> ChangeAsync(AccountId id, Func<Account?, Account?> change, CancellationToken cancellationToken);

    /// <summary>
    /// Stores each account as it is given, whatever was there before; of several with the same id the last one stays.
    /// A store takes as many at a time as suits it. Ended early, it has stored a part of them.
    /// </summary>
    /// <returns>One result for each account, in their order.</returns>
    IAsyncEnumerable<ApplyResult> ApplyAsync(IAsyncEnumerable<Account> accounts, CancellationToken cancellationToken);
}

/// <summary>The outcome of <see cref="IAccountStore.ChangeAsync"/>.</summary>
/// <param name="Snapshot">The account as stored afterwards; <c>null</c> when it does not exist, or on a conflict.</param>
/// <param name="Conflict">The key digest or aggregator id that another account already holds; <c>null</c> on success.</param>
public sealed record ChangeResult(AccountSnapshot? Snapshot, string? Conflict = null);

/// <summary>What <see cref="IAccountStore.ApplyAsync"/> did with one account.</summary>
/// <param name="Id">The account's.</param>
/// <param name="Outcome">What was done.</param>
/// <param name="Conflict">The key digest or aggregator id that another account already holds; only with that outcome.</param>
public readonly record struct ApplyResult(AccountId Id, ApplyOutcome Outcome, string? Conflict = null);

public enum ApplyOutcome
{
    Created,
    Replaced,
    Unchanged,
    Conflict,
}
