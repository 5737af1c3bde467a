using System.Globalization;
using Eventicat.Accounts;
using Eventicat.Accounts.Storage;
using Eventicat.Accounts.Storage.Redis;
using Eventicat.Redis;
using Microsoft.Extensions.Logging;

namespace Eventicat.Control.AccountStorage.Redis;

/// <summary>Accounts in Redis: standalone, behind Sentinel, or a cluster. Every call ends within the deadline.</summary>
public sealed class RedisAccountStore : IAccountStore
{
    private readonly RedisAccountReader _reader;
    private readonly RedisAccountRecords _records;
    private readonly RedisAccountWriter _writer;
    private readonly RedisAccountList _list;
    private readonly RedisAccountPages _pages;
    private readonly RedisApply _apply;

    /// <param name="connection">To Redis.</param>
    /// <param name="deadline">How long a call may take.</param>
    /// <param name="logger">Where accounts are named that cannot be read; <c>null</c>: only whoever asks for one is told.</param>
    public RedisAccountStore(RedisConnection connection, TimeSpan deadline, ILogger<RedisAccountReader>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        _reader = new RedisAccountReader(connection, deadline, logger: logger);
        var calls = _reader.Calls;
        var names = new RedisNames(connection.Prefix);
        _records = new RedisAccountRecords(names, _reader.Records);
        var index = new RedisAccountIndex(names);
        _writer = new RedisAccountWriter(names, _records, new RedisHints(names, _records), index);
        _apply = new RedisApply(_records, _writer, calls);
        var scan = new RedisAccountScan(connection, names, calls);
        _list = new RedisAccountList(scan, _records, calls);
        _pages = new RedisAccountPages(scan, _records, index, calls);
    }

    public StoreHealth Health => _reader.Health;

    public ValueTask<AccountSnapshot?> FindByKeyAsync(KeyDigest digest, CancellationToken cancellationToken) =>
        _reader.FindByKeyAsync(digest, cancellationToken);

    public ValueTask<AccountSnapshot?> FindAsync(AccountId id, CancellationToken cancellationToken) => _reader.FindAsync(id, cancellationToken);

    public ValueTask<long?> GetEpochAsync(AccountId id, CancellationToken cancellationToken) => _reader.GetEpochAsync(id, cancellationToken);

    public IAsyncEnumerable<AccountSnapshot> ListAsync(CancellationToken cancellationToken) => _list.ReadAsync(cancellationToken);

    public Task<AccountPage> ListPageAsync(AccountPageRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _pages.ReadAsync(request, cancellationToken);
    }

    public Task<FoundAccount> FindForChangeAsync(AccountId id, CancellationToken cancellationToken) =>
        _reader.Calls.RunAsync(
            async (database, _) =>
            {
                var record = await _records.ReadForChangeAsync(database, id);
                return new FoundAccount(id, record.Document is null ? null : _records.Parse(id, record.Document), record.Epoch);
            },
            cancellationToken);

    public Task<ChangeResult?> TryReplaceAsync(FoundAccount found, Account? account, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(found);
        var version = found.Version.ToString(CultureInfo.InvariantCulture);
        var change = new RedisChange(found.Id, version, found.Account, account, AccountChangeRules.Check(found.Id, account));
        return _reader.Calls.RunAsync(async (database, _) => (await _writer.ReplaceAsync(database, [change]))[0], cancellationToken);
    }

    public IAsyncEnumerable<ApplyResult> ApplyAsync(IAsyncEnumerable<Account> accounts, CancellationToken cancellationToken) =>
        _apply.RunAsync(accounts, cancellationToken);
}
