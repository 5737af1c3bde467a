using System.Net;
using Eventicat.Redis.Endpoints;
using Eventicat.Redis.Servers;
using StackExchange.Redis;

namespace Eventicat.Redis;

/// <summary>
/// The process's one connection to Redis, opened on first use and re-established by itself. A server that is down
/// never blocks a caller: commands fail at once instead of queueing, and every caller sets its own deadline. A
/// connection that stands and is of no use is replaced by <see cref="RedisWatch"/>: whoever wants the database asks
/// for it with each call, and keeps none.
/// </summary>
public sealed class RedisConnection : IAsyncDisposable
{
    private readonly ConfigurationOptions _configuration;
    private readonly RedisServerList? _list;
    private readonly RedisSentinels? _sentinels;
    private readonly Lock _gate = new();
    private volatile Task<ConnectionMultiplexer>? _current;

    public RedisConnection(RedisOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        Prefix = options.Prefix;
        Endpoints = new RedisEndpoints(GetDatabaseAsync, time ?? TimeProvider.System)
        {
            Ask = new RedisPermissions(Prefix, static _ => []).AskAsync,
        };
        var configuration = ConfigurationOptions.Parse(
            options.Connection ?? throw new ArgumentException("Redis:Connection is not set.", nameof(options)));
        configuration.AbortOnConnectFail = false;
        configuration.ConnectTimeout = 2000;
        configuration.ConnectRetry = 1;
        // Callers have deadlines of their own, and a process that is short of processor time is not to take that for a failure.
        configuration.AsyncTimeout = 10_000;
        configuration.SyncTimeout = 2000;
        configuration.KeepAlive = 10;
        configuration.HeartbeatInterval = TimeSpan.FromMilliseconds(500);
        configuration.ReconnectRetryPolicy = new ExponentialRetry(100, 1000);
        // Queued commands would run long after their caller gave up, spending permits nobody uses.
        configuration.BacklogPolicy = BacklogPolicy.FailFast;
        // The detail would carry command arguments into exception texts.
        configuration.IncludeDetailInExceptions = false;
        configuration.ClientName ??= "eventicat";
        // Both are for programs that make a replica the primary through this client, and would cost a connection and permissions.
        configuration.ConfigurationChannel = "";
        configuration.TieBreaker = "";
        // INFO, which tells one server from another, counts as a command for administrators.
        configuration.AllowAdmin = true;
        _configuration = configuration;
        _list = RedisServerList.Of(configuration, Endpoints);
        _sentinels = RedisSentinels.Of(configuration, Endpoints);
    }

    public string Prefix { get; }

    /// <value>The servers, and which of them are away.</value>
    public RedisEndpoints Endpoints { get; }

    /// <inheritdoc cref="RedisServerList.Rivals"/>
    internal string? Rivals => _list?.Rivals;

    /// <value>Whether somebody who decides says where the primary is.</value>
    internal bool IsGuided => _sentinels is not null;

    /// <value>The only server of a connection that has one, or the first; <c>null</c>: there is no connection so far.</value>
    private EndPoint? InUse => _current is { IsCompletedSuccessfully: true, Result: var current } ? current.GetEndPoints()[0] : null;

    private bool HasPassword => !string.IsNullOrEmpty(_configuration.Password);

    private Task<ConnectionMultiplexer> Current => _current ?? Open();

    /// <summary>The database once the first connection attempt has ended, whether or not it succeeded.</summary>
    public ValueTask<IDatabase> GetDatabaseAsync(CancellationToken cancellationToken)
    {
        var connecting = Current;
        return connecting.IsCompletedSuccessfully
            ? new(connecting.Result.GetDatabase())
            : Connect(connecting, cancellationToken);

        static async ValueTask<IDatabase> Connect(Task<ConnectionMultiplexer> connecting, CancellationToken cancellationToken) =>
            (await connecting.WaitAsync(cancellationToken)).GetDatabase();
    }

    /// <summary>The servers that together hold all keys, for listing keys, which Redis offers per server only.</summary>
    /// <returns>None, rather than some, when one of them does not answer: a part of the keys would look like all of them.</returns>
    public async ValueTask<IReadOnlyList<IServer>> GetPrimariesAsync(CancellationToken cancellationToken)
    {
        var multiplexer = await Current.WaitAsync(cancellationToken);
        var primaries = multiplexer.GetServers().Where(server => server is { IsConnected: true, IsReplica: false }).ToList();
        var holders = primaries.FirstOrDefault(server => server.ServerType == ServerType.Cluster)?.ClusterConfiguration?.Nodes
            .Where(node => !node.IsReplica && node.Slots.Count > 0);
        return holders is null || holders.All(node => primaries.Exists(server => server.EndPoint.Equals(node.EndPoint))) ? primaries : [];
    }

    /// <summary>What an exception of a call means, as far as it can be told without asking anybody.</summary>
    public RedisCause CauseOf(Exception exception)
    {
        var cause = RedisFailure.Classify(exception, HasPassword);
        return cause == RedisCause.Unclear && IsConnectedToReplicasOnly() ? RedisCause.ReadOnly : cause;
    }

    /// <summary>For an operator, who may be told addresses.</summary>
    public string Explain(RedisCause cause) =>
        cause == RedisCause.TwoPrimaries && Rivals is { } rivals ? $"{rivals}: {cause.Describe()}" : cause.Describe();

    /// <summary>The same with a look at the address, where that can tell more.</summary>
    public async Task<RedisCause> DiagnoseAsync(RedisCause cause, CancellationToken cancellationToken)
    {
        if (cause is not (RedisCause.Unclear or RedisCause.NoAnswer or RedisCause.Unreachable or RedisCause.NotRedis or RedisCause.CertificateRefused))
        {
            return cause;
        }

        foreach (var address in _configuration.EndPoints)
        {
            if (await new RedisDoor(_configuration, address).KnockAsync(cancellationToken) is var found and not RedisCause.Unclear)
            {
                return found;
            }
        }

        return cause;
    }

    public async ValueTask DisposeAsync()
    {
        await Endpoints.DisposeAsync();
        if (_current is { } current)
        {
            await DisposeAsync(current);
        }

        if (_sentinels is not null)
        {
            await _sentinels.DisposeAsync();
        }
    }

    /// <summary>Whether Sentinel names another primary than the server in use.</summary>
    internal async Task<bool> IsElsewhereAsync() =>
        _sentinels is not null && await _sentinels.FindPrimaryAsync() is { } primary && !primary.Equals(InUse);

    /// <summary>
    /// The server in use turned out not to be the primary, whether or not anything is decided at present: it is not asked
    /// for accounts any more.
    /// </summary>
    internal void Distrust(RedisCause cause)
    {
        if (_current is { IsCompletedSuccessfully: true, Result: var current })
        {
            // Some name that every deployment has: it says which server of several is meant.
            RedisKey key = $"{Prefix}:accounts";
            Endpoints.Of(current.GetDatabase(), key).Lose(
                RedisAbsence.NotPrimary, cause == RedisCause.ReadOnly ? "READONLY" : "MASTERDOWN", silentSince: null, key);
        }
    }

    /// <summary>A connection of its own to the same address, which may lead to another server by now.</summary>
    /// <exception cref="RedisException">Of several servers none can be taken.</exception>
    internal Task<ConnectionMultiplexer> DialAsync() =>
        _list?.DialAsync(InUse) ?? _sentinels?.DialAsync() ?? Endpoints.ConnectAsync(_configuration);

    /// <returns>The connection that served before. Calls may still be under way on it.</returns>
    internal Task<ConnectionMultiplexer>? Replace(ConnectionMultiplexer by)
    {
        Task<ConnectionMultiplexer>? old;
        lock (_gate)
        {
            old = _current;
            _current = Task.FromResult(by);
        }

        Endpoints.TryAnew();
        return old;
    }

    internal static async Task DisposeAsync(Task<ConnectionMultiplexer> connecting)
    {
        // Behind Sentinel, and of several servers, there may be none: it is not made before a primary is known.
        await ((Task)connecting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (connecting.IsCompletedSuccessfully)
        {
            await connecting.Result.DisposeAsync();
        }
    }

    private Task<ConnectionMultiplexer> Open()
    {
        lock (_gate)
        {
            return _current ??= DialAsync();
        }
    }

    /// <summary>The client then finds no server for the call, which it does not give as a reason.</summary>
    private bool IsConnectedToReplicasOnly()
    {
        if (_current is not { IsCompletedSuccessfully: true, Result: var multiplexer })
        {
            return false;
        }

        var connected = multiplexer.GetServers().Where(server => server.IsConnected).ToList();
        return connected.Count > 0 && connected.TrueForAll(server => server.IsReplica);
    }
}
