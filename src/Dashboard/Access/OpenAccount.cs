using Eventicat.Accounts;
using Eventicat.Control.Operations;

namespace Eventicat.Dashboard.Access;

/// <summary>
/// What an owner can do to the account that the gate has opened. No method takes an account's id, so that a page with
/// this object reaches one account only.
/// </summary>
public sealed class OpenAccount
{
    private readonly AccountGate _gate;
    private readonly AccountOperations _accounts;
    private readonly KeyOperations _keys;
    private readonly AggregatorOperations _aggregators;

    internal OpenAccount(AccountId id, AccountGate gate, AccountOperations accounts, KeyOperations keys, AggregatorOperations aggregators) =>
        (Id, _gate, _accounts, _keys, _aggregators) = (id, gate, accounts, keys, aggregators);

    public AccountId Id { get; }

    /// <returns><c>null</c>: the account has been deleted.</returns>
    public async Task<Account?> ReadAsync(CancellationToken cancellationToken)
    {
        await AuthorizeAsync(cancellationToken);
        return (await _accounts.FindAsync(Id, cancellationToken)).Value;
    }

    public async Task<OperationResult<NewKey>> CreateKeyAsync(KeySettings settings, CancellationToken cancellationToken) =>
        await _keys.CreateAsync(await AuthorizeAsync(cancellationToken), Id, settings, cancellationToken);

    public async Task<OperationResult<NewKey>> RegenerateKeyAsync(KeyId key, TimeSpan? grace, CancellationToken cancellationToken) =>
        await _keys.RegenerateAsync(await AuthorizeAsync(cancellationToken), Id, key, grace, cancellationToken);

    public async Task<OperationResult<Account>> RevokeKeyAsync(KeyId key, CancellationToken cancellationToken) =>
        await _keys.RevokeAsync(await AuthorizeAsync(cancellationToken), Id, key, cancellationToken);

    public async Task<OperationResult<Aggregator>> CreateAggregatorAsync(string name, CancellationToken cancellationToken) =>
        await _aggregators.CreateAsync(await AuthorizeAsync(cancellationToken), Id, null, name, cancellationToken);

    public async Task<OperationResult<Aggregator>> RenameAggregatorAsync(AggregatorId aggregator, string name, CancellationToken cancellationToken) =>
        await _aggregators.RenameAsync(await AuthorizeAsync(cancellationToken), Id, aggregator, name, cancellationToken);

    public async Task<OperationResult<Account>> DeleteAggregatorAsync(AggregatorId aggregator, CancellationToken cancellationToken) =>
        await _aggregators.DeleteAsync(await AuthorizeAsync(cancellationToken), Id, aggregator, cancellationToken);

    /// <summary>For other code that reads or sends in the account's name.</summary>
    public Task<OperationContext> AuthorizeAsync(CancellationToken cancellationToken) => _gate.AuthorizeAsync(Id, cancellationToken);
}
