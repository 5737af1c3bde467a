using System.Runtime.CompilerServices;
using Eventicat.Accounts;
using Eventicat.Accounts.Storage;
using Eventicat.Accounts.Storage.Documents;
using Eventicat.Accounts.Storage.File;

namespace Eventicat.Control.AccountStorage.File;

/// <summary>The accounts document with those who change it: one at a time, each after reading what is on disk.</summary>
public sealed class FileAccountStore(FileAccountReader reader, TimeProvider time) : IAccountStore
{
    // Made when asked for, once for each state: sorting would make reloads longer.
    private volatile AccountOrder? _order;

    public StoreHealth Health => reader.Health;

    public ValueTask<AccountSnapshot?> FindByKeyAsync(KeyDigest digest, CancellationToken cancellationToken) =>
        reader.FindByKeyAsync(digest, cancellationToken);

    public ValueTask<AccountSnapshot?> FindAsync(AccountId id, CancellationToken cancellationToken) => reader.FindAsync(id, cancellationToken);

    public ValueTask<long?> GetEpochAsync(AccountId id, CancellationToken cancellationToken) => reader.GetEpochAsync(id, cancellationToken);

    public async IAsyncEnumerable<AccountSnapshot> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        var index = reader.Current;
        foreach (var account in index.Accounts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return index.Find(account.Id)!;
        }
    }

    public Task<AccountPage> ListPageAsync(AccountPageRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var index = reader.Current;
        var order = _order is { } known && ReferenceEquals(known.Index, index) ? known : _order = new AccountOrder(index);
        return Task.FromResult(order.Read(request));
    }

    /// <remarks>Under the lock, so that whoever may not write learns it before anything is said of a change.</remarks>
    public Task<FoundAccount> FindForChangeAsync(AccountId id, CancellationToken cancellationToken) => LockedAsync(
        () =>
        {
            var index = reader.ReadForChange();
            return new FoundAccount(id, index.Find(id)?.Account, VersionOf(index, id));
        },
        cancellationToken);

    public Task<ChangeResult?> TryReplaceAsync(FoundAccount found, Account? account, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(found);
        AccountChangeRules.Check(found.Id, account);
        return LockedAsync(() => TryReplace(found, account), cancellationToken);
    }

    public async IAsyncEnumerable<ApplyResult> ApplyAsync(
        IAsyncEnumerable<Account> accounts, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // All before the lock: the source may be somebody typing.
        var given = await accounts.ToListAsync(cancellationToken);
        foreach (var result in await LockedAsync(() => Apply(given), cancellationToken))
        {
            yield return result;
        }
    }

    private ChangeResult? TryReplace(FoundAccount found, Account? account)
    {
        var before = reader.ReadForChange();
        if (VersionOf(before, found.Id) != found.Version)
        {
            return null;
        }

        var table = new AccountTable(before.Accounts);
        return table.Replace(found.Id, account) is { } conflict
            ? new ChangeResult(null, conflict)
            : new ChangeResult(Replace(table.Accounts).Find(found.Id));
    }

    /// <summary>The lock is held from reading to writing: an account that was made and deleted meanwhile is as none.</summary>
    private static long VersionOf(AccountIndex index, AccountId id) => index.FindEpoch(id) ?? 0;

    private List<ApplyResult> Apply(List<Account> accounts)
    {
        var table = new AccountTable(reader.ReadForChange().Accounts);
        var results = accounts.ConvertAll(account => Apply(table, account));
        if (results.Exists(result => result.Outcome is ApplyOutcome.Created or ApplyOutcome.Replaced))
        {
            Replace(table.Accounts);
        }

        return results;
    }

    private static ApplyResult Apply(AccountTable table, Account account)
    {
        AccountChangeRules.Check(account.Id, account);
        var old = table.Find(account.Id);
        if (old is not null && AccountDocument.AreSame(old, account))
        {
            return new ApplyResult(account.Id, ApplyOutcome.Unchanged);
        }

        return table.Replace(account.Id, account) is { } conflict
            ? new ApplyResult(account.Id, ApplyOutcome.Conflict, conflict)
            : new ApplyResult(account.Id, old is null ? ApplyOutcome.Created : ApplyOutcome.Replaced);
    }

    private AccountIndex Replace(IReadOnlyCollection<Account> accounts)
    {
        var target = reader.Target;
        return reader.TakeOver(accounts, content => AccountFileWriter.Replace(target, content));
    }

    private async Task<T> LockedAsync<T>(Func<T> action, CancellationToken cancellationToken)
    {
        try
        {
            using var _ = await FileLock.AcquireAsync(reader.Target, time, cancellationToken);
            return action();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AccountStoreUnavailableException($"The accounts file '{reader.Path}' cannot be changed: {exception.Message}", exception);
        }
    }
}
