using Eventicat.Accounts;
using Eventicat.Accounts.Storage;

namespace Eventicat.Control.AccountStorage;

/// <summary>
/// Where accounts live. Whoever changes one finds it, makes the new state of it, and replaces it if nobody did in between,
/// so that concurrent writers lose nothing and a crash leaves the old or the new state.
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

    /// <summary>The account as it is stored now, or that there is none, for <see cref="TryReplaceAsync"/>.</summary>
    Task<FoundAccount> FindForChangeAsync(AccountId id, CancellationToken cancellationToken);

    /// <summary>Stores a new state durably if the account is still as it was found.</summary>
    /// <param name="found">What the new state was made from.</param>
    /// <param name="account">The new state; <c>null</c>: the account shall not exist.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <returns>What was stored, or that another account has something of it; <c>null</c>: the account is not as it was found, and nothing is stored.</returns>
    /// <exception cref="InvalidOperationException">The new state could not be read back.</exception>
    Task<ChangeResult?> TryReplaceAsync(FoundAccount found, Account? account, CancellationToken cancellationToken);

    /// <summary>
    /// Stores each account as it is given, whatever was there before; of several with the same id the last one stays.
    /// A store takes as many at a time as suits it. Ended early, it has stored a part of them.
    /// </summary>
    /// <returns>One result for each account, in their order.</returns>
    IAsyncEnumerable<ApplyResult> ApplyAsync(IAsyncEnumerable<Account> accounts, CancellationToken cancellationToken);
}

/// <summary>An account as somebody who may change it has found it.</summary>
/// <param name="Id">The account's.</param>
/// <param name="Account">Its content; <c>null</c>: there is no such account.</param>
/// <param name="Version">The account's epoch. Where there is no account: 0, or another number for a while after one was deleted.</param>
public sealed record FoundAccount(AccountId Id, Account? Account, long Version);

/// <summary>What a change came to.</summary>
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
