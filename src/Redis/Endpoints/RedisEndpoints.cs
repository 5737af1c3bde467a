using System.Collections.Concurrent;
using System.Net;
using System.Runtime.CompilerServices;
using StackExchange.Redis;

namespace Eventicat.Redis.Endpoints;

/// <summary>
/// The servers of Redis that calls go to, and which of them are away. One sweep looks at all calls in flight; no call
/// has a timer of its own.
/// </summary>
public sealed class RedisEndpoints : IAsyncDisposable
{
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan TryInterval = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<EndPoint, RedisEndpoint> _known = new();
    private readonly RedisEndpoint _unknown;
    private readonly ConditionalWeakTable<IConnectionMultiplexer, WatchingTunnel> _clients = [];
    private readonly Func<CancellationToken, ValueTask<IDatabase>> _getDatabase;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lazy<Task> _sweeping;
    private Action<RedisEndpoint, RedisEndpointState>? _observers;

    internal RedisEndpoints(Func<CancellationToken, ValueTask<IDatabase>> getDatabase, TimeProvider time)
    {
        Time = time;
        _getDatabase = getDatabase;
        _unknown = new RedisEndpoint(this, address: null);
        _sweeping = new(() => Task.Run(SweepAsync));
    }

    /// <value>How long a server's connections may be silent, after a call was sent, before it counts as away. Default 50 ms.</value>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <value>
    /// Shows whether a server does what decisions need, given a key of that server, which it must not touch; default: a
    /// script that may write, and does not, since nobody uses the name.
    /// </value>
    public Func<IDatabase, RedisKey, Task> Ask { get; set; } = static (database, key) => database.ScriptEvaluateAsync(
        "return redis.call('RPUSHX', KEYS[1], '')", [key.Append(":check")], flags: CommandFlags.DemandMaster);

    /// <value>Those that calls went to, or that were connected to.</value>
    public IEnumerable<RedisEndpoint> All => _known.Values.Append(_unknown);

    internal TimeProvider Time { get; }

    internal ProcessorPressure Pressure { get; } = new();

    /// <summary>From now on called with every change of a server's state. Must not block.</summary>
    public void Observe(Action<RedisEndpoint, RedisEndpointState> observer)
    {
        lock (_sweeping)
        {
            _observers += observer;
        }
    }

    /// <summary>Sends a call to the server that has its key, unless that is away.</summary>
    /// <exception cref="RedisAwayException">The server is away, or was silent for too long; what was sent may have been done.</exception>
    public async Task<T> CallAsync<T>(RedisCall<T> call, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        _ = _sweeping.Value;
        IDatabase database;
        try
        {
            database = await _getDatabase(cancellationToken);
        }
        catch (Exception exception) when (RedisVerdict.Of(exception, out var detail) is var absence and not RedisAbsence.None)
        {
            _unknown.Lose(absence, detail, silentSince: null, call.Key);
            throw;
        }

        return await Of(database, call.Key).CallAsync(call, database);
    }

    /// <summary>The server that has this key; where the client cannot say, because it lost the server, one that is lost.</summary>
    public RedisEndpoint Of(IDatabase database, RedisKey key)
    {
        ArgumentNullException.ThrowIfNull(database);
        return AddressOf(database.Multiplexer, key) is { } address ? Of(address)
            : _known.Values.FirstOrDefault(static endpoint => endpoint.IsAway) ?? _unknown;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        if (_sweeping.IsValueCreated)
        {
            await _sweeping.Value;
        }

        _stopping.Dispose();
        Pressure.Dispose();
    }

    /// <summary>Makes a client whose connections are watched.</summary>
    internal async Task<ConnectionMultiplexer> ConnectAsync(ConfigurationOptions configuration)
    {
        var watched = configuration.Clone();
        var tunnel = new WatchingTunnel(this, configuration.Tunnel);
        watched.Tunnel = tunnel;
        var client = await ConnectionMultiplexer.ConnectAsync(watched);
        _clients.AddOrUpdate(client, tunnel);
        return client;
    }

    internal void Know(EndPoint address) => Of(address);

    /// <returns>The line that calls of a client to a server go over, if there is one.</returns>
    internal RedisLine? LineOf(IDatabase database, EndPoint? server) =>
        server is not null && _clients.TryGetValue(database.Multiplexer, out var tunnel) ? tunnel.Find(server) : null;

    internal ValueTask<IDatabase> GetDatabaseAsync() => _getDatabase(_stopping.Token);

    /// <summary>There is another connection: what waits on the old one to find out whether a server is back waits for nothing.</summary>
    internal void TryAnew()
    {
        foreach (var endpoint in All)
        {
            endpoint.GiveUpTry();
        }
    }

    internal void Notify(RedisEndpoint endpoint, RedisEndpointState state) => _observers?.Invoke(endpoint, state);

    /// <summary>Where the client knows no connected server for the key, the last known cluster's map or the only address says it.</summary>
    private static EndPoint? AddressOf(IConnectionMultiplexer multiplexer, RedisKey key)
    {
        IServer? selected;
        try
        {
            selected = multiplexer.GetServer(key, flags: CommandFlags.DemandMaster);
        }
        catch (InvalidOperationException)
        {
            selected = null;
        }

        if (selected is { ServerType: not ServerType.Cluster })
        {
            return selected.EndPoint;
        }

        var servers = selected is null ? multiplexer.GetServers() : [selected];
        return servers.Select(server => server.ClusterConfiguration?.GetBySlot(key)?.EndPoint).FirstOrDefault(address => address is not null)
            ?? (servers is [var only] ? only.EndPoint : null);
    }

    private RedisEndpoint Of(EndPoint address) =>
        _known.GetOrAdd(address, static (address, owner) => new RedisEndpoint(owner, address), this);

    private async Task SweepAsync()
    {
        var interval = TimeSpan.FromTicks(Math.Clamp(Deadline.Ticks / 5, ShortestInterval.Ticks, LongestInterval.Ticks));
        using var timer = new PeriodicTimer(interval, Time);
        var (lookedAt, triedAt) = (Time.GetTimestamp(), Time.GetTimestamp());
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token))
            {
                var now = Time.GetTimestamp();
                var elapsed = Time.GetElapsedTime(lookedAt, now);
                var isTurn = Time.GetElapsedTime(triedAt, now) >= TryInterval;
                foreach (var (_, endpoint) in _known)
                {
                    Look(endpoint, elapsed, interval, isTurn);
                }

                Look(_unknown, elapsed, interval, isTurn);
                (lookedAt, triedAt) = (now, isTurn ? now : triedAt);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private void Look(RedisEndpoint endpoint, TimeSpan elapsed, TimeSpan interval, bool isTurn)
    {
        endpoint.Look(elapsed, interval, Deadline);
        if (isTurn)
        {
            endpoint.TryAgain();
        }
    }
}
