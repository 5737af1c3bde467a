using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Eventicat.Accounts.Storage.Redis;

/// <summary>Accounts in Redis: standalone, behind Sentinel, or a cluster. Every call ends within the deadline.</summary>
public sealed class RedisAccountStore : IAccountStore, IStoreHealth
{
    private readonly RedisNames _names;
    private readonly RedisRecords _records;
    private readonly RedisAccountWriter _writer;
    private readonly RedisAccountList _list;
    private readonly RedisAccountPages _pages;
    private readonly RedisApply _apply;
    private readonly RedisCalls _calls;
    private readonly RedisReach? _reach;

    /// <param name="connection">To Redis.</param>
    /// <param name="deadline">How long a call may take.</param>
    /// <param name="isUrgent">Whether a request waits: then questions to a server that is known to be silent are given up at once.</param>
    /// <param name="logger">Where accounts are named that cannot be read; <c>null</c>: only whoever asks for one is told.</param>
    public RedisAccountStore(RedisConnection connection, TimeSpan deadline, bool isUrgent = false, ILogger<RedisAccountStore>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        _reach = isUrgent ? new RedisReach(connection) : null;
        _calls = new RedisCalls(connection, deadline);
        _names = new RedisNames(connection.Prefix);
        _records = new RedisRecords(_names, logger is null ? null : new BrokenRecords(logger));
        var index = new RedisAccountIndex(_names);
        _writer = new RedisAccountWriter(_names, _records, new RedisHints(_names, _records), index);
        _apply = new RedisApply(new RedisBatch(_names, _records, index, _writer), _calls);
        var scan = new RedisAccountScan(connection, _names, _calls);
        _list = new RedisAccountList(scan, _records, _calls);
        _pages = new RedisAccountPages(scan, _records, index, _calls);
    }

    public StoreHealth Health => _calls.Health;

    public bool IsAway(AccountId id) => _reach?.IsAway(_names.Account(id)) == true;

    public async ValueTask<AccountSnapshot?> FindByKeyAsync(KeyDigest digest, CancellationToken cancellationToken)
    {
        var name = _names.Key(digest);
        var hint = await AskAsync(name, database => database.StringGetAsync(name, CommandFlags.DemandMaster), cancellationToken);
        var account = RedisHint.TryParseHolder(hint, out var holder) ? await FindAsync(holder, cancellationToken) : null;
        return account?.FindKey(digest) is null ? null : account;
    }

    public async ValueTask<AccountSnapshot?> FindAsync(AccountId id, CancellationToken cancellationToken) =>
        await AskAsync(_names.Account(id), database => _records.ReadAsync(database, id), cancellationToken);

    public async ValueTask<long?> GetEpochAsync(AccountId id, CancellationToken cancellationToken) =>
        await AskAsync(_names.Account(id), database => _records.ReadEpochAsync(database, id), cancellationToken);

    public IAsyncEnumerable<AccountSnapshot> ListAsync(CancellationToken cancellationToken) => _list.ReadAsync(cancellationToken);

    public Task<AccountPage> ListPageAsync(AccountPageRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _pages.ReadAsync(request, cancellationToken);
    }

    public Task<ChangeResult> ChangeAsync(AccountId id, Func<Account?, Account?> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        return _calls.RunAsync((database, token) => _writer.ChangeAsync(database, id, change, token), cancellationToken);
    }

    public IAsyncEnumerable<ApplyResult> ApplyAsync(IAsyncEnumerable<Account> accounts, CancellationToken cancellationToken) =>
        _apply.RunAsync(accounts, cancellationToken);

    private Task<T> AskAsync<T>(RedisKey key, Func<IDatabase, Task<T>> ask, CancellationToken cancellationToken) => _reach is null
        ? _calls.RunAsync((database, _) => ask(database), cancellationToken)
        : _calls.AskAsync(key, ask, cancellationToken);
}
