using Eventicat.Accounts;
using Eventicat.Control.AccountStorage;
using Eventicat.Control.Auditing;

namespace Eventicat.Control.Operations;

/// <summary>What can be done to an account's aggregators.</summary>
public sealed class AggregatorOperations(IAccountStore store, IAuditLog audit, TimeProvider time)
{
    private readonly AccountChanges _changes = new(store, audit, time);

    /// <param name="context">On whose behalf.</param>
    /// <param name="account">Whose it becomes.</param>
    /// <param name="id"><c>null</c> for a new random one, which nobody can have or guess.</param>
    /// <param name="name">What people call it; may be empty.</param>
    /// <param name="cancellationToken">Ends waiting for the store.</param>
    public async Task<OperationResult<Aggregator>> CreateAsync(
        OperationContext context, AccountId account, AggregatorId? id, string name, CancellationToken cancellationToken)
    {
        if (AccountOperations.ValidateName(name) is { } denial)
        {
            return new(denial);
        }

        var aggregator = new Aggregator(id ?? AggregatorId.Generate(), name);
        var result = await _changes.DecideExistingAsync(
            context,
            new AuditedChange(AuditAction.AggregatorCreate, aggregator.Id.ToString(), (_, _) => name),
            account,
            before => Find(before, aggregator.Id) is null
                ? before with { Aggregators = [.. before.Aggregators, aggregator] }
                : Denials.AggregatorExists(aggregator.Id),
            cancellationToken);
        return result.Select(_ => aggregator);
    }

    public async Task<OperationResult<Aggregator>> RenameAsync(
        OperationContext context, AccountId account, AggregatorId id, string name, CancellationToken cancellationToken)
    {
        if (AccountOperations.ValidateName(name) is { } denial)
        {
            return new(denial);
        }

        var result = await _changes.DecideExistingAsync(
            context,
            new AuditedChange(AuditAction.AggregatorRename, id.ToString(), (_, _) => name),
            account,
            before => Find(before, id) is not { } old ? Denials.AggregatorNotFound(account, id)
                : old.Name == name ? before
                : before with { Aggregators = [.. before.Aggregators.Select(one => one.Id == id ? one with { Name = name } : one)] },
            cancellationToken);
        return result.Select(changed => Find(changed, id)!);
    }

    public Task<OperationResult<Account>> DeleteAsync(
        OperationContext context, AccountId account, AggregatorId id, CancellationToken cancellationToken) =>
        _changes.DecideExistingAsync(
            context,
            new AuditedChange(AuditAction.AggregatorDelete, id.ToString()),
            account,
            before => Find(before, id) is null
                ? Denials.AggregatorNotFound(account, id)
                : before with { Aggregators = [.. before.Aggregators.Where(one => one.Id != id)] },
            cancellationToken);

    private static Aggregator? Find(Account account, AggregatorId id) =>
        account.Aggregators.FirstOrDefault(aggregator => aggregator.Id == id);
}
