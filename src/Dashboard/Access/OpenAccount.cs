using Eventicat.Accounts;
using Eventicat.Accounts.Operations;

namespace Eventicat.Dashboard.Access;

/// <summary>
/// What an owner can do to the account that <see cref="AccountGate"/> has opened. Nothing here takes an account's id:
/// who holds this object reaches one account only.
/// </summary>
internal sealed class OpenAccount(
    AccountId id, AccountGate gate, AccountOperations accounts, KeyOperations keys, AggregatorOperations aggregators)
{
    public AccountId Id => id;

    /// <returns><c>null</c>: it has been deleted.</returns>
    public async Task<Account?> ReadAsync(CancellationToken cancellationToken)
    {
        await AuthorizeAsync(cancellationToken);
        return (await accounts.FindAsync(id, cancellationToken)).Value;
    }

    public async Task<OperationResult<NewKey>> CreateKeyAsync(KeySettings settings, CancellationToken cancellationToken) =>
        await keys.CreateAsync(await AuthorizeAsync(cancellationToken), id, settings, cancellationToken);

    public async Task<OperationResult<NewKey>> RegenerateKeyAsync(KeyId key, TimeSpan? grace, CancellationToken cancellationToken) =>
        await keys.RegenerateAsync(await AuthorizeAsync(cancellationToken), id, key, grace, cancellationToken);

    public async Task<OperationResult<Account>> RevokeKeyAsync(KeyId key, CancellationToken cancellationToken) =>
        await keys.RevokeAsync(await AuthorizeAsync(cancellationToken), id, key, cancellationToken);

    public async Task<OperationResult<Aggregator>> CreateAggregatorAsync(string name, CancellationToken cancellationToken) =>
        await aggregators.CreateAsync(await AuthorizeAsync(cancellationToken), id, null, name, cancellationToken);

    public async Task<OperationResult<Aggregator>> RenameAggregatorAsync(AggregatorId aggregator, string name, CancellationToken cancellationToken) =>
        await aggregators.RenameAsync(await AuthorizeAsync(cancellationToken), id, aggregator, name, cancellationToken);

    public async Task<OperationResult<Account>> DeleteAggregatorAsync(AggregatorId aggregator, CancellationToken cancellationToken) =>
        await aggregators.DeleteAsync(await AuthorizeAsync(cancellationToken), id, aggregator, cancellationToken);

    /// <summary>For what else reads or sends in the account's name.</summary>
    /// <exception cref="AccessDeniedException">The user may not, or not any longer.</exception>
    public Task<OperationContext> AuthorizeAsync(CancellationToken cancellationToken) => gate.AuthorizeAsync(id, cancellationToken);
}
