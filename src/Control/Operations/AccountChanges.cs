using Eventicat.Accounts;
using Eventicat.Control.AccountStorage;
using Eventicat.Control.Auditing;

namespace Eventicat.Control.Operations;

/// <summary>The one way in which operations change accounts: decide, write the audit entry, change.</summary>
internal sealed class AccountChanges(IAccountStore store, IAuditLog audit, TimeProvider time)
{
    /// <returns>The account afterwards; as it was, when it was deleted.</returns>
    public async Task<OperationResult<Account>> DecideAsync(
        OperationContext context, AuditedChange change, AccountId id, Func<Account?, Decision> decide, CancellationToken cancellationToken)
    {
        var attempt = new Attempt(id, context.Expected, decide);

        // Asked first without changing anything: what is denied, or changes nothing, leaves no entry.
        await store.ChangeAsync(id, attempt.Try, cancellationToken);
        if (attempt.Denial is not null || ReferenceEquals(attempt.Before, attempt.After))
        {
            return attempt.Result(conflict: null);
        }

        var entry = new AuditEntry(
            time.GetUtcNow(), context.Actor.ToString(), change.Action, id, change.Subject,
            change.Describe?.Invoke(attempt.Before, attempt.After) ?? "");
        await audit.AppendAsync(entry, cancellationToken);
        var stored = await store.ChangeAsync(id, attempt.Make, cancellationToken);
        var result = attempt.Result(stored.Conflict);
        if (result.Denial is { } denial)
        {
            await audit.AppendAsync(entry with { Time = time.GetUtcNow(), Detail = $"not done: {denial.Message}" }, cancellationToken);
        }

        return result;
    }

    public Task<OperationResult<Account>> DecideExistingAsync(
        OperationContext context, AuditedChange change, AccountId id, Func<Account, Decision> decide, CancellationToken cancellationToken) =>
        DecideAsync(context, change, id, account => account is null ? Denials.AccountNotFound(id) : decide(account), cancellationToken);

    /// <summary>Carries a decision through the store, which knows accounts only and may ask more than once.</summary>
    private sealed class Attempt(AccountId id, AccountVersion? expected, Func<Account?, Decision> decide)
    {
        public Account? Before { get; private set; }

        public Account? After { get; private set; }

        public Denial? Denial { get; private set; }

        public Account? Try(Account? account)
        {
            Make(account);
            return account;
        }

        public Account? Make(Account? account)
        {
            // Of the last run only: after a lost race the decision is made anew.
            var decision = expected is { } version && (account is null || AccountVersion.Of(account) != version)
                ? account is null ? Denials.AccountNotFound(id) : Denials.Changed(id)
                : decide(account);
            (Before, Denial) = (account, decision.Denial);
            return After = Denial is null ? decision.Account : account;
        }

        public OperationResult<Account> Result(string? conflict) =>
            Denial is not null ? new(Denial)
            : conflict is not null ? new(Denials.Taken(conflict))
            : new((After ?? Before)!) { Account = After };
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
