using Eventicat.Accounts.Storage.Redis.Endpoints;
using StackExchange.Redis;

namespace Eventicat.Accounts.Storage.Redis;

/// <summary>
/// The process's one connection to Redis, opened on first use and re-established by itself. A server that is down
/// never blocks a caller: commands fail at once instead of queueing, and every caller sets its own deadline.
/// </summary>
public sealed class RedisConnection : IAsyncDisposable
{
    private readonly Lazy<Task<ConnectionMultiplexer>> _multiplexer;

    public RedisConnection(RedisOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        Prefix = options.Prefix;
        Endpoints = new RedisEndpoints(GetDatabaseAsync, time ?? TimeProvider.System);
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
        configuration.Tunnel = Endpoints.CreateTunnel(configuration.Tunnel);
        _multiplexer = new(() => ConnectionMultiplexer.ConnectAsync(configuration));
    }

    public string Prefix { get; }

    /// <value>The servers, and which of them are away.</value>
    public RedisEndpoints Endpoints { get; }

    /// <summary>The database once the first connection attempt has ended, whether or not it succeeded.</summary>
    public ValueTask<IDatabase> GetDatabaseAsync(CancellationToken cancellationToken)
    {
        var connecting = _multiplexer.Value;
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
        var multiplexer = await _multiplexer.Value.WaitAsync(cancellationToken);
        var primaries = multiplexer.GetServers().Where(server => server is { IsConnected: true, IsReplica: false }).ToList();
        var holders = primaries.FirstOrDefault(server => server.ServerType == ServerType.Cluster)?.ClusterConfiguration?.Nodes
            .Where(node => !node.IsReplica && node.Slots.Count > 0);
        return holders is null || holders.All(node => primaries.Exists(server => server.EndPoint.Equals(node.EndPoint))) ? primaries : [];
    }

    public async ValueTask DisposeAsync()
    {
        await Endpoints.DisposeAsync();
        if (_multiplexer.IsValueCreated)
        {
            await (await _multiplexer.Value).DisposeAsync();
        }
    }
}
