using Eventicat.Accounts.Storage;

namespace Eventicat.Accounts.Operations;

/// <summary>What can be done to an account's aggregators.</summary>
public sealed class AggregatorOperations(IAccountStore store)
{
    /// <param name="account">Whose it becomes.</param>
    /// <param name="id"><c>null</c> for a new random one, which nobody can have or guess.</param>
    /// <param name="name">What people call it; may be empty.</param>
    /// <param name="cancellationToken">Ends waiting for the store.</param>
    public async Task<OperationResult<Aggregator>> CreateAsync(
        AccountId account, AggregatorId? id, string name, CancellationToken cancellationToken)
    {
        if (AccountOperations.ValidateName(name) is { } denial)
        {
            return new(denial);
        }

        var aggregator = new Aggregator(id ?? AggregatorId.Generate(), name);
        var result = await store.DecideExistingAsync(
            account,
            before => Find(before, aggregator.Id) is null
                ? before with { Aggregators = [.. before.Aggregators, aggregator] }
                : Denials.AggregatorExists(aggregator.Id),
            cancellationToken);
        return result.Select(_ => aggregator);
    }

    public async Task<OperationResult<Aggregator>> RenameAsync(
        AccountId account, AggregatorId id, string name, CancellationToken cancellationToken)
    {
        if (AccountOperations.ValidateName(name) is { } denial)
        {
            return new(denial);
        }

        var result = await store.DecideExistingAsync(
            account,
            before => Find(before, id) is null
                ? Denials.AggregatorNotFound(account, id)
                : before with { Aggregators = [.. before.Aggregators.Select(one => one.Id == id ? one with { Name = name } : one)] },
            cancellationToken);
        return result.Select(changed => Find(changed, id)!);
    }

    public Task<OperationResult<Account>> DeleteAsync(AccountId account, AggregatorId id, CancellationToken cancellationToken) =>
        store.DecideExistingAsync(
            account,
            before => Find(before, id) is null
                ? Denials.AggregatorNotFound(account, id)
                : before with { Aggregators = [.. before.Aggregators.Where(one => one.Id != id)] },
            cancellationToken);

    private static Aggregator? Find(Account account, AggregatorId id) =>
        account.Aggregators.FirstOrDefault(aggregator => aggregator.Id == id);
}
