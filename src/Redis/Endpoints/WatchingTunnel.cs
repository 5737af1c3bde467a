using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;
using StackExchange.Redis.Configuration;

namespace Eventicat.Redis.Endpoints;

/// <summary>Where one client opens its connections: those that carry calls are watched. A configured tunnel stays in force.</summary>
internal sealed class WatchingTunnel(RedisEndpoints endpoints, Tunnel? configured) : Tunnel
{
    private readonly ConcurrentDictionary<EndPoint, RedisLine> _lines = new();

    /// <returns><c>null</c>: the client has not been connected to this server.</returns>
    public RedisLine? Find(EndPoint address) => _lines.GetValueOrDefault(address);

    public override ValueTask<EndPoint?> GetSocketConnectEndpointAsync(EndPoint endpoint, CancellationToken cancellationToken) =>
        configured?.GetSocketConnectEndpointAsync(endpoint, cancellationToken) ?? base.GetSocketConnectEndpointAsync(endpoint, cancellationToken);

    public override ValueTask BeforeSocketConnectAsync(
        EndPoint endPoint, ConnectionType connectionType, Socket? socket, CancellationToken cancellationToken) =>
        configured?.BeforeSocketConnectAsync(endPoint, connectionType, socket, cancellationToken) ?? default;

    public override async ValueTask<Stream?> BeforeAuthenticateAsync(
        EndPoint endpoint, ConnectionType connectionType, Socket? socket, CancellationToken cancellationToken)
    {
        var stream = configured is null ? null : await configured.BeforeAuthenticateAsync(endpoint, connectionType, socket, cancellationToken);
        if (connectionType != ConnectionType.Interactive || (stream is null && socket is null))
        {
            return stream;
        }

        endpoints.Know(endpoint);
        return _lines.GetOrAdd(endpoint, static (_, pressure) => new RedisLine(pressure.Read), endpoints.Pressure)
            .Watch(stream ?? new NetworkStream(socket!), socket);
    }
}
