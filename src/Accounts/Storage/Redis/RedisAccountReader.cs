using Eventicat.Redis;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Eventicat.Accounts.Storage.Redis;

/// <summary>Accounts in Redis: standalone, behind Sentinel, or a cluster. Every call ends within the deadline.</summary>
public sealed class RedisAccountReader : IAccountReader, IStoreHealth
{
    private readonly RedisNames _names;
    private readonly RedisReach? _reach;

    /// <param name="connection">To Redis.</param>
    /// <param name="deadline">How long a call may take.</param>
    /// <param name="isUrgent">Whether a request waits: then questions to a server that is known to be silent are given up at once.</param>
    /// <param name="logger">Where accounts are named that cannot be read; <c>null</c>: only whoever asks for one is told.</param>
    public RedisAccountReader(RedisConnection connection, TimeSpan deadline, bool isUrgent = false, ILogger<RedisAccountReader>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        _reach = isUrgent ? new RedisReach(connection) : null;
        _names = new RedisNames(connection.Prefix);
        Calls = new RedisCalls(connection, deadline, static (fault, exception) => new AccountStoreUnavailableException(fault, exception));
        Records = new RedisRecordReader(_names, logger);
    }

    /// <value>All of this reader's calls, and those of a writer that shares it.</value>
    public RedisCalls Calls { get; }

    public RedisRecordReader Records { get; }

    public StoreHealth Health => Calls.State switch
    {
        { Fault: null } => StoreHealth.Healthy,
        { HasAnswered: var hasAnswered, Fault: var fault } => new StoreHealth(hasAnswered ? StoreState.Degraded : StoreState.Unreached, fault),
    };

    public bool IsAway(AccountId id) => _reach?.IsAway(_names.Account(id)) == true;

    public async ValueTask<AccountSnapshot?> FindByKeyAsync(KeyDigest digest, CancellationToken cancellationToken)
    {
        var name = _names.Key(digest);
        var hint = await AskAsync(name, database => database.StringGetAsync(name, CommandFlags.DemandMaster), cancellationToken);
        var account = RedisHint.TryParseHolder(hint, out var holder) ? await FindAsync(holder, cancellationToken) : null;
        return account?.FindKey(digest) is null ? null : account;
    }

    public async ValueTask<AccountSnapshot?> FindAsync(AccountId id, CancellationToken cancellationToken) =>
        await AskAsync(_names.Account(id), database => Records.ReadAsync(database, id), cancellationToken);

    public async ValueTask<long?> GetEpochAsync(AccountId id, CancellationToken cancellationToken) =>
        await AskAsync(_names.Account(id), database => Records.ReadEpochAsync(database, id), cancellationToken);

    private Task<T> AskAsync<T>(RedisKey key, Func<IDatabase, Task<T>> ask, CancellationToken cancellationToken) => _reach is null
        ? Calls.RunAsync((database, _) => ask(database), cancellationToken)
        : Calls.AskAsync(key, ask, cancellationToken);
}

/// <summary>Whether accounts may be read as <see cref="RedisAccountReader"/> does.</summary>
internal sealed class RedisReadCheck(RedisConnection connection) : IRedisCheck
{
    private readonly RedisPermissions _permits = new(connection.Prefix, tag => CommandsFor(connection.Prefix, tag));

    public Task RunAsync(IDatabase database) => _permits.AskAllAsync(database);

    private static RedisValue[][] CommandsFor(string prefix, string tag) =>
    [
        ["GET", $"{prefix}:key:{tag}"],
        ["HGET", $"{prefix}:account:{{{tag}}}", RedisNames.EpochField],
        ["HMGET", $"{prefix}:account:{{{tag}}}", RedisNames.DocumentField, RedisNames.EpochField],
    ];
}
