using Eventicat.Accounts.Storage.Documents;
using StackExchange.Redis;

namespace Eventicat.Accounts.Storage.Redis;

/// <summary>Accounts in Redis: standalone, behind Sentinel, or a cluster. Every call ends within the deadline.</summary>
public sealed class RedisAccountStore : IAccountStore, IStoreHealth
{
    private readonly RedisNames _names;
    private readonly RedisRecords _records;
    private readonly RedisAccountWriter _writer;
    private readonly RedisAccountList _list;
    private readonly RedisCalls _calls;

    public RedisAccountStore(RedisConnection connection, TimeSpan deadline)
    {
        ArgumentNullException.ThrowIfNull(connection);
        _calls = new RedisCalls(connection, deadline);
        _names = new RedisNames(connection.Prefix);
        _records = new RedisRecords(_names);
        _writer = new RedisAccountWriter(_names, _records, new RedisHints(_names, _records));
        _list = new RedisAccountList(connection, _names, _records, _calls);
    }

    public StoreHealth Health => _calls.Health;

    public async ValueTask<AccountSnapshot?> FindByKeyAsync(KeyDigest digest, CancellationToken cancellationToken) =>
        await _calls.RunAsync(
            async (database, _) =>
            {
                var hint = await database.StringGetAsync(_names.Key(digest), CommandFlags.DemandMaster);
                var account = RedisHint.TryParseHolder(hint, out var holder) ? await _records.ReadAsync(database, holder) : null;
                return account?.FindKey(digest) is null ? null : account;
            },
            cancellationToken);

    public async ValueTask<AccountSnapshot?> FindAsync(AccountId id, CancellationToken cancellationToken) =>
        await _calls.RunAsync((database, _) => _records.ReadAsync(database, id), cancellationToken);

    public async ValueTask<long?> GetEpochAsync(AccountId id, CancellationToken cancellationToken) =>
        await _calls.RunAsync((database, _) => _records.ReadEpochAsync(database, id), cancellationToken);

    public IAsyncEnumerable<AccountSnapshot> ListAsync(CancellationToken cancellationToken) => _list.ReadAsync(cancellationToken);

    public Task<ChangeResult> ChangeAsync(AccountId id, Func<Account?, Account?> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        return _calls.RunAsync((database, token) => _writer.ChangeAsync(database, id, change, token), cancellationToken);
    }

    public IAsyncEnumerable<ApplyResult> ApplyAsync(IAsyncEnumerable<Account> accounts, CancellationToken cancellationToken) =>
        RedisApply.InFlightAsync(accounts, account => ApplyAsync(account, cancellationToken), cancellationToken);

    private async Task<ApplyResult> ApplyAsync(Account account, CancellationToken cancellationToken)
    {
        var outcome = ApplyOutcome.Unchanged;
        var result = await ChangeAsync(
            account.Id,
            old =>
            {
                var same = old is not null && AccountDocument.AreSame(old, account);
                outcome = same ? ApplyOutcome.Unchanged : old is null ? ApplyOutcome.Created : ApplyOutcome.Replaced;
                return same ? old : account;
            },
            cancellationToken);
        return result.Conflict is null
            ? new ApplyResult(account.Id, outcome)
            : new ApplyResult(account.Id, ApplyOutcome.Conflict, result.Conflict);
    }
}
