using System.Runtime.CompilerServices;
using Eventicat.Accounts.Storage.Documents;
using Microsoft.Extensions.Logging;

namespace Eventicat.Accounts.Storage.File;

/// <summary>
/// Accounts in one JSON document that a platform team may edit and keep in version control. Reads are from memory and
/// at most a quarter of a second old; an account's epoch is the number of times this process had loaded the document
/// when the account last changed.
/// </summary>
public sealed class FileAccountStore : IAccountStore, IStoreHealth, IDisposable
{
    private readonly AccountFile _file;
    private readonly AccountFileMonitor _monitor;
    private readonly TimeProvider _time;

    public FileAccountStore(string path, TimeProvider time, ILogger<FileAccountStore> logger)
    {
        _time = time;
        _file = new AccountFile(path);
        _monitor = new AccountFileMonitor(_file, time, logger);
    }

    public StoreHealth Health => _monitor.Health;

    public ValueTask<AccountSnapshot?> FindByKeyAsync(KeyDigest digest, CancellationToken cancellationToken) =>
        new(_monitor.Current.FindByKey(digest));

    public ValueTask<AccountSnapshot?> FindAsync(AccountId id, CancellationToken cancellationToken) =>
        new(_monitor.Current.Find(id));

    public ValueTask<long?> GetEpochAsync(AccountId id, CancellationToken cancellationToken) => new(_monitor.Current.FindEpoch(id));

    public async IAsyncEnumerable<AccountSnapshot> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        var index = _monitor.Current;
        foreach (var account in index.Accounts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return index.Find(account.Id)!;
        }
    }

    public Task<AccountPage> ListPageAsync(AccountPageRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Task.FromResult(_monitor.Current.Page(request));
    }

    public Task<ChangeResult> ChangeAsync(AccountId id, Func<Account?, Account?> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        return LockedAsync(() => Change(id, change), cancellationToken);
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

    public void Dispose() => _monitor.Dispose();

    private ChangeResult Change(AccountId id, Func<Account?, Account?> change)
    {
        var before = _monitor.ReadForChange();
        var old = before.Find(id);
        var account = change(old?.Account);
        AccountChange.Check(id, account);
        if (ReferenceEquals(account, old?.Account))
        {
            return new ChangeResult(old);
        }

        var table = new AccountTable(before.Accounts);
        if (table.Replace(id, account) is { } conflict)
        {
            return new ChangeResult(null, conflict);
        }

        return new ChangeResult(_monitor.Replace(table.Accounts).Find(id));
    }

    private List<ApplyResult> Apply(List<Account> accounts)
    {
        var table = new AccountTable(_monitor.ReadForChange().Accounts);
        var results = accounts.ConvertAll(account => Apply(table, account));
        if (results.Exists(result => result.Outcome is ApplyOutcome.Created or ApplyOutcome.Replaced))
        {
            _monitor.Replace(table.Accounts);
        }

        return results;
    }

    private static ApplyResult Apply(AccountTable table, Account account)
    {
        AccountChange.Check(account.Id, account);
        var old = table.Find(account.Id);
        if (old is not null && AccountDocument.AreSame(old, account))
        {
            return new ApplyResult(account.Id, ApplyOutcome.Unchanged);
        }

        return table.Replace(account.Id, account) is { } conflict
            ? new ApplyResult(account.Id, ApplyOutcome.Conflict, conflict)
            : new ApplyResult(account.Id, old is null ? ApplyOutcome.Created : ApplyOutcome.Replaced);
    }

    private async Task<T> LockedAsync<T>(Func<T> action, CancellationToken cancellationToken)
    {
        try
        {
            using var _ = await FileLock.AcquireAsync(_file.Target, _time, cancellationToken);
            return action();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AccountStoreUnavailableException($"The accounts file '{_file.Path}' cannot be changed: {exception.Message}", exception);
        }
    }
}
