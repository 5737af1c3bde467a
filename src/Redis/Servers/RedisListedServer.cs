using System.Net;
using Eventicat.Redis.Endpoints;
using StackExchange.Redis;

namespace Eventicat.Redis.Servers;

internal enum RedisRole
{
    /// <summary>It does not answer.</summary>
    Unknown,
    Primary,
    Replica,

    /// <summary>It knows the others, and keeps track of who is what.</summary>
    InCluster,
}

/// <summary>One of several servers, and what it says about itself.</summary>
/// <param name="Address">As it is configured.</param>
/// <param name="Connection">To this server alone.</param>
/// <param name="Role">What it is.</param>
/// <param name="RunId">Tells it from others, under whatever address.</param>
/// <param name="History">Names the writes that it has seen.</param>
/// <param name="EarlierHistory">Of the primary that it followed before it became one itself.</param>
/// <param name="Refusal">It does not say what it is.</param>
internal sealed record RedisListedServer(
    EndPoint Address, ConnectionMultiplexer Connection, RedisRole Role, string RunId, string? History = null, string? EarlierHistory = null, RedisServerException? Refusal = null)
{
    /// <summary>Whoever connects has answered already.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static async Task<RedisListedServer> DialAsync(RedisEndpoints endpoints, ConfigurationOptions list, EndPoint address)
    {
        var configuration = list.Clone();
        configuration.EndPoints.Clear();
        configuration.EndPoints.Add(address);
        var connection = await endpoints.ConnectAsync(configuration);
        var server = connection.GetServer(address);
        var unknown = new RedisListedServer(address, connection, RedisRole.Unknown, RunId: "");
        if (!server.IsConnected)
        {
            return unknown;
        }

        if (server.ServerType == ServerType.Cluster)
        {
            return unknown with { Role = RedisRole.InCluster };
        }

        try
        {
            var sections = await server.InfoAsync().WaitAsync(Patience);
            var info = sections.SelectMany(static section => section).ToLookup(static entry => entry.Key, static entry => entry.Value, StringComparer.Ordinal);
            string? Find(string name) => info[name].FirstOrDefault();
            return unknown with
            {
                Role = Find("role") == "slave" ? RedisRole.Replica : RedisRole.Primary,
                RunId = Find("run_id") ?? $"{address}",
                History = Find("master_replid"),
                EarlierHistory = Find("master_replid2"),
            };
        }
        catch (RedisServerException refusal)
        {
            return unknown with { Refusal = refusal };
        }
        catch (Exception exception) when (RedisFailure.IsOne(exception))
        {
            return unknown;
        }
    }

    /// <summary>Whether it followed the other one until it was made a primary: it is the one that knows more.</summary>
    public bool Succeeds(RedisListedServer other) => other.History is not null && EarlierHistory == other.History;
}
