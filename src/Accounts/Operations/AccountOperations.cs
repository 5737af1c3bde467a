using Eventicat.Accounts.Storage;

namespace Eventicat.Accounts.Operations;

/// <summary>What can be done to accounts as a whole.</summary>
public sealed class AccountOperations(IAccountStore store)
{
    public IAsyncEnumerable<Account> ListAsync(CancellationToken cancellationToken) =>
        store.ListAsync(cancellationToken).Select(snapshot => snapshot.Account);

    public async Task<OperationResult<Account>> FindAsync(AccountId id, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { } snapshot ? new(snapshot.Account) : new(Denials.AccountNotFound(id));

    /// <param name="id">The new account's.</param>
    /// <param name="name">What people call it; may be empty.</param>
    /// <param name="limit"><c>null</c> for the gateway's default.</param>
    /// <param name="cancellationToken">Ends waiting for the store.</param>
    public async Task<OperationResult<Account>> CreateAsync(
        AccountId id, string name, AccountLimit? limit, CancellationToken cancellationToken) =>
        (ValidateName(name) ?? ValidateLimit(limit)) is { } denial
            ? new(denial)
            : await store.DecideAsync(
                id,
                account => account is null ? new Account { Id = id, Name = name, Limit = limit } : Denials.AccountExists(id),
                cancellationToken);

    public async Task<OperationResult<Account>> RenameAsync(AccountId id, string name, CancellationToken cancellationToken) =>
        ValidateName(name) is { } denial
            ? new(denial)
            : await store.DecideExistingAsync(id, account => account with { Name = name }, cancellationToken);

    /// <param name="id">The account's.</param>
    /// <param name="limit"><c>null</c> for the gateway's default.</param>
    /// <param name="cancellationToken">Ends waiting for the store.</param>
    public async Task<OperationResult<Account>> SetLimitAsync(AccountId id, AccountLimit? limit, CancellationToken cancellationToken) =>
        ValidateLimit(limit) is { } denial
            ? new(denial)
            : await store.DecideExistingAsync(id, account => account with { Limit = limit }, cancellationToken);

    public Task<OperationResult<Account>> DisableAsync(AccountId id, CancellationToken cancellationToken) =>
        SetDisabledAsync(id, disabled: true, cancellationToken);

    public Task<OperationResult<Account>> EnableAsync(AccountId id, CancellationToken cancellationToken) =>
        SetDisabledAsync(id, disabled: false, cancellationToken);

    /// <returns>The account as it was.</returns>
    public async Task<OperationResult<Account>> DeleteAsync(AccountId id, CancellationToken cancellationToken)
    {
        Account? deleted = null;
        await store.ChangeAsync(
            id,
            account =>
            {
                deleted = account;
                return null;
            },
            cancellationToken);
        return deleted is null ? new(Denials.AccountNotFound(id)) : new(deleted);
    }

    internal static Denial? ValidateName(string name) =>
        AccountName.Validate(name) is { } rule ? Denials.InvalidName(rule) : null;

    private static Denial? ValidateLimit(AccountLimit? limit) =>
        limit is not null && AccountLimit.Validate(limit.Permits, limit.Window) is { } rule ? Denials.InvalidLimit(rule) : null;

    private Task<OperationResult<Account>> SetDisabledAsync(AccountId id, bool disabled, CancellationToken cancellationToken) =>
        store.DecideExistingAsync(
            id, account => account.Disabled == disabled ? account : account with { Disabled = disabled }, cancellationToken);
}
