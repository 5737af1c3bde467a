using Eventicat.Accounts;
using Eventicat.Control.AccountStorage;
using Eventicat.Control.Auditing;

namespace Eventicat.Control.Operations;

/// <summary>What can be done to accounts as a whole.</summary>
public sealed class AccountOperations(IAccountStore store, IAuditLog audit, TimeProvider time)
{
    private readonly AccountChanges _changes = new(store, audit, time);

    public IAsyncEnumerable<Account> ListAsync(CancellationToken cancellationToken) =>
        store.ListAsync(cancellationToken).Select(snapshot => snapshot.Account);

    public Task<AccountPage> ListPageAsync(AccountPageRequest request, CancellationToken cancellationToken) =>
        store.ListPageAsync(request, cancellationToken);

    public async Task<OperationResult<Account>> FindAsync(AccountId id, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { } snapshot
            ? new(snapshot.Account) { Account = snapshot.Account }
            : new(Denials.AccountNotFound(id));

    /// <param name="context">On whose behalf.</param>
    /// <param name="id">The new account's.</param>
    /// <param name="name">What people call it; may be empty.</param>
    /// <param name="limit"><c>null</c> for the gateway's default.</param>
    /// <param name="cancellationToken">Ends waiting for the store.</param>
    public async Task<OperationResult<Account>> CreateAsync(
        OperationContext context, AccountId id, string name, AccountLimit? limit, CancellationToken cancellationToken) =>
        await CreateAsync(context, id, new AccountUpdate { Name = name, Limit = limit }, cancellationToken);

    /// <param name="context">On whose behalf.</param>
    /// <param name="id">The new account's.</param>
    /// <param name="update">What is to be other than nothing.</param>
    /// <param name="cancellationToken">Ends waiting for the store.</param>
    public async Task<OperationResult<Account>> CreateAsync(
        OperationContext context, AccountId id, AccountUpdate update, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(update);
        return update.Validate() is { } denial
            ? new(denial)
            : await _changes.DecideAsync(
                context,
                new AuditedChange(AuditAction.AccountCreate, Describe: (_, after) => after!.Name),
                id,
                account => account is null ? update.Apply(new Account { Id = id }) : Denials.AccountExists(id),
                cancellationToken);
    }

    /// <summary>Changes what is given, all of it or nothing.</summary>
    public async Task<OperationResult<Account>> UpdateAsync(
        OperationContext context, AccountId id, AccountUpdate update, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(update);
        return update.Validate() is { } denial
            ? new(denial)
            : await _changes.DecideExistingAsync(
                context,
                new AuditedChange(AuditAction.AccountUpdate, Describe: AccountDifference.Describe),
                id,
                account => update.Apply(account),
                cancellationToken);
    }

    /// <returns>The account as it was.</returns>
    public Task<OperationResult<Account>> DeleteAsync(OperationContext context, AccountId id, CancellationToken cancellationToken) =>
        _changes.DecideExistingAsync(
            context, new AuditedChange(AuditAction.AccountDelete), id, _ => Decision.Delete, cancellationToken);

    internal static Denial? ValidateName(string name) =>
        AccountName.Validate(name) is { } rule ? Denials.InvalidName(rule) : null;

    internal static Denial? ValidateLimit(AccountLimit? limit) =>
        limit is not null && AccountLimit.Validate(limit.Permits, limit.Window) is { } rule ? Denials.InvalidLimit(rule) : null;
}
