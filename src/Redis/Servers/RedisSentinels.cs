using System.Globalization;
using System.Net;
using Eventicat.Redis.Endpoints;
using StackExchange.Redis;

namespace Eventicat.Redis.Servers;

/// <summary>
/// Sentinels say who the primary is. The client's own connection behind them includes the replicas, and takes an old
/// primary that wakes up for what it calls itself until it is demoted; so it is made to the one server they name.
/// </summary>
internal sealed class RedisSentinels(ConfigurationOptions configuration, RedisEndpoints endpoints) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Task<ConnectionMultiplexer>? _sentinels;

    /// <returns><c>null</c> where none are configured.</returns>
    public static RedisSentinels? Of(ConfigurationOptions configuration, RedisEndpoints endpoints) =>
        string.IsNullOrEmpty(configuration.ServiceName) ? null : new RedisSentinels(configuration, endpoints);

    /// <exception cref="RedisException">They do not answer, or know no primary.</exception>
    public async Task<ConnectionMultiplexer> DialAsync()
    {
        var primary = await FindPrimaryAsync() ?? throw await ExplainAsync();
        var alone = configuration.Clone();
        alone.ServiceName = null;
        alone.EndPoints.Clear();
        alone.EndPoints.Add(primary);
        return await endpoints.ConnectAsync(alone);
    }

    /// <summary>The primary of the latest failover that one of them knows; <c>null</c>: none knows any.</summary>
    public async Task<EndPoint?> FindPrimaryAsync()
    {
        var connection = await ConnectAsync();
        var answers = await Task.WhenAll(connection.GetServers().Where(static server => server.IsConnected).Select(AskAsync));
        return answers.MaxBy(static answer => answer?.Epoch)?.Address;
    }

    public async ValueTask DisposeAsync()
    {
        if (_sentinels is { } sentinels)
        {
            await RedisConnection.DisposeAsync(sentinels);
        }
    }

    private Task<ConnectionMultiplexer> ConnectAsync()
    {
        lock (_gate)
        {
            return _sentinels is { IsFaulted: false } ? _sentinels : _sentinels = ConnectionMultiplexer.SentinelConnectAsync(configuration.Clone());
        }
    }

    private async Task<Answer?> AskAsync(IServer sentinel)
    {
        try
        {
            var facts = (await sentinel.SentinelMasterAsync(configuration.ServiceName!).WaitAsync(Patience))
                .ToLookup(static fact => fact.Key, static fact => fact.Value, StringComparer.Ordinal);
            return EndPointCollection.TryParse($"{facts["ip"].First()}:{facts["port"].First()}") is { } address
                ? new Answer(address, long.Parse(facts["config-epoch"].First(), CultureInfo.InvariantCulture))
                : null;
        }
        catch (Exception exception) when (RedisFailure.IsOne(exception))
        {
            return null;
        }
    }

    private async Task<RedisException> ExplainAsync()
    {
        var sentinels = (await ConnectAsync()).GetServers();
        if (sentinels.Length == 0 || Array.Exists(sentinels, static sentinel => sentinel.IsConnected))
        {
            return new RedisNoPrimaryException(RedisCause.NoPrimary);
        }

        try
        {
            await sentinels[0].PingAsync();
            return new RedisNoPrimaryException(RedisCause.Unclear);
        }
        catch (RedisException reason)
        {
            return reason;
        }
    }

    private sealed record Answer(EndPoint Address, long Epoch);
}
