using Eventicat.Accounts;
using Eventicat.Control.AccountStorage;
using Eventicat.Control.Auditing;

namespace Eventicat.Control.Operations;

/// <summary>The one way in which operations change accounts: read, decide, write the audit entry, replace.</summary>
internal sealed class AccountChanges(IAccountStore store, IAuditLog audit, TimeProvider time)
{
    /// <returns>The account afterwards; as it was, when it was deleted.</returns>
    public async Task<OperationResult<Account>> DecideAsync(
        OperationContext context, AuditedChange change, AccountId id, Func<Account?, Decision> decide, CancellationToken cancellationToken)
    {
        AuditEntry? entry = null;
        for (var attempt = 0; attempt < AccountChangeRules.Attempts; attempt++)
        {
            var found = await store.FindForChangeAsync(id, cancellationToken);
            var decision = IsExpected(context, found) ? decide(found.Account)
                : found.Account is null ? Denials.AccountNotFound(id)
                : Denials.Changed(id);
            if (decision.Denial is { } denial)
            {
                return await DenyAsync(denial, entry, cancellationToken);
            }

            if (ReferenceEquals(decision.Account, found.Account))
            {
                return Done(found, decision);
            }

            var detail = change.Describe?.Invoke(found.Account, decision.Account) ?? "";
            // Once, unless after a lost race it is another change.
            if (entry?.Detail != detail)
            {
                entry = new AuditEntry(time.GetUtcNow(), context.Actor.ToString(), change.Action, id, change.Subject, detail);
                await audit.AppendAsync(entry, cancellationToken);
            }

            if (await store.TryReplaceAsync(found, decision.Account, cancellationToken) is { } stored)
            {
                return stored.Conflict is null ? Done(found, decision) : await DenyAsync(Denials.Taken(stored.Conflict), entry, cancellationToken);
            }
        }

        throw AccountChangeRules.NeverDone(id);
    }

    public Task<OperationResult<Account>> DecideExistingAsync(
        OperationContext context, AuditedChange change, AccountId id, Func<Account, Decision> decide, CancellationToken cancellationToken) =>
        DecideAsync(context, change, id, account => account is null ? Denials.AccountNotFound(id) : decide(account), cancellationToken);

    private static bool IsExpected(OperationContext context, FoundAccount found) =>
        context.Expected is not { } version || (found.Account is { } account && AccountVersion.Of(account) == version);

    private static OperationResult<Account> Done(FoundAccount found, Decision decision) =>
        new((decision.Account ?? found.Account)!) { Account = decision.Account };

    /// <summary>What is denied from the start leaves no entry. Where there is one already, another says that it was not done.</summary>
    private async Task<OperationResult<Account>> DenyAsync(Denial denial, AuditEntry? entry, CancellationToken cancellationToken)
    {
        if (entry is not null)
        {
            await audit.AppendAsync(entry with { Time = time.GetUtcNow(), Detail = $"not done: {denial.Message}" }, cancellationToken);
        }

        return new(denial);
    }
}

/// <summary>What a pure function makes of an account: a new state of it, nothing of it, or a denial.</summary>
internal readonly record struct Decision(Account? Account, Denial? Denial)
{
    /// <summary>The account shall not exist.</summary>
    public static readonly Decision Delete;

    public static implicit operator Decision(Account account) => new(account, null);

    public static implicit operator Decision(Denial denial) => new(null, denial);
}

/// <summary>What the audit log says of a change.</summary>
/// <param name="Action">One of <see cref="Auditing.AuditAction"/>.</param>
/// <param name="Subject">To what in the account.</param>
/// <param name="Describe">From the account before and after to the entry's detail.</param>
internal sealed record AuditedChange(string Action, string Subject = "", Func<Account?, Account?, string>? Describe = null);
