using System.Net;
using Eventicat.Redis.Endpoints;
using StackExchange.Redis;

namespace Eventicat.Redis.Servers;

/// <summary>
/// Several addresses without Sentinel or a cluster: nobody but the servers themselves says which of them is the primary.
/// The client would take the first one that does, so each is dialled by itself, and one connection is kept. While the
/// server in use is a primary it stays in use. Another takes over from it where that can be the newer one.
/// </summary>
internal sealed class RedisServerList(ConfigurationOptions configuration, RedisEndpoints endpoints)
{
    private readonly Lock _gate = new();

    /// <summary>Primaries that do not know what a later one was told. They count again once they were seen as replicas.</summary>
    private readonly HashSet<EndPoint> _behind = [];

    private volatile bool _isCluster;
    private volatile string? _rivals;

    /// <value>The addresses of those that say that they are the primary, or said so last; <c>null</c>: it is one at most.</value>
    public string? Rivals => _rivals;

    /// <returns><c>null</c> where somebody else says who is the primary, or there is no choice.</returns>
    public static RedisServerList? Of(ConfigurationOptions configuration, RedisEndpoints endpoints)
    {
        if (configuration.EndPoints.Count < 2 || !string.IsNullOrEmpty(configuration.ServiceName) || configuration.Proxy != Proxy.None)
        {
            return null;
        }

        // The client's own connections have them, and are compared with these.
        configuration.SetDefaultPorts();
        return new RedisServerList(configuration, endpoints);
    }

    /// <param name="inUse">The server in use; <c>null</c>: none has been so far.</param>
    /// <exception cref="RedisException">No server can be taken.</exception>
    public async Task<ConnectionMultiplexer> DialAsync(EndPoint? inUse)
    {
        if (_isCluster)
        {
            return await endpoints.ConnectAsync(configuration);
        }

        var servers = await Task.WhenAll(configuration.EndPoints.Select(address => RedisListedServer.DialAsync(endpoints, configuration, address)));
        RedisListedServer? chosen = null;
        try
        {
            if (Array.Find(servers, static server => server.Refusal is not null) is { } silent)
            {
                throw silent.Refusal!;
            }

            _isCluster = Array.Exists(servers, static server => server.Role == RedisRole.InCluster);
            if (!_isCluster && (chosen = Choose(servers, inUse)) is null)
            {
                throw await ExplainAsync(servers);
            }
        }
        finally
        {
            await Task.WhenAll(servers.Where(server => server != chosen).Select(static server => server.Connection.DisposeAsync().AsTask()));
        }

        return chosen?.Connection ?? await endpoints.ConnectAsync(configuration);
    }

    private RedisListedServer? Choose(RedisListedServer[] servers, EndPoint? inUse)
    {
        var current = servers.FirstOrDefault(server => server.Address.Equals(inUse));
        // A server may be named twice.
        var primaries = servers.Where(static server => server.Role == RedisRole.Primary)
            .OrderByDescending(server => server == current)
            .DistinctBy(static server => server.RunId, StringComparer.Ordinal)
            .ToList();
        lock (_gate)
        {
            _behind.ExceptWith(servers.Where(static server => server.Role == RedisRole.Replica).Select(static server => server.Address));
            var chosen = current?.Role == RedisRole.Primary ? current : FindSuccessor(primaries, current);
            if (chosen is not null)
            {
                _behind.Remove(chosen.Address);
                _behind.UnionWith(FindThoseBehind(primaries, current, chosen));
            }

            _rivals = (primaries.Count, chosen) switch
            {
                // Nobody says anything new.
                (0, _) => _rivals,
                (1, not null) => null,
                _ => string.Join(" and ", primaries.Select(static server => server.Address).Append(current?.Address).OfType<EndPoint>().Distinct().Select(Format)),
            };
            return chosen;
        }
    }

    private RedisListedServer? FindSuccessor(List<RedisListedServer> primaries, RedisListedServer? current)
    {
        var candidates = primaries.FindAll(server => !_behind.Contains(server.Address));
        if (candidates.Count == 0 && current?.Role == RedisRole.Replica)
        {
            candidates = primaries;
        }

        return candidates is [var only] ? only : null;
    }

    private static IEnumerable<EndPoint> FindThoseBehind(List<RedisListedServer> primaries, RedisListedServer? current, RedisListedServer chosen)
    {
        if (current is not null && current != chosen && current.Role != RedisRole.Replica)
        {
            // It was left because it did not answer, and is still a primary as far as it knows.
            yield return current.Address;
        }

        foreach (var rival in primaries.Where(server => server != chosen && !server.Succeeds(chosen)))
        {
            yield return rival.Address;
        }
    }

    private static async Task<RedisException> ExplainAsync(RedisListedServer[] servers)
    {
        if (Array.Exists(servers, static server => server.Role == RedisRole.Primary))
        {
            return new RedisNoPrimaryException(RedisCause.TwoPrimaries);
        }

        if (Array.Exists(servers, static server => server.Role != RedisRole.Unknown))
        {
            return new RedisNoPrimaryException(RedisCause.ReadOnly);
        }

        try
        {
            await servers[0].Connection.GetDatabase().PingAsync();
            return new RedisNoPrimaryException(RedisCause.Unclear);
        }
        catch (RedisException reason)
        {
            return reason;
        }
    }

    private static string Format(EndPoint address) => address is DnsEndPoint name ? $"{name.Host}:{name.Port}" : address.ToString()!;
}
