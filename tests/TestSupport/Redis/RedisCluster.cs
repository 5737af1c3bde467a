using System.Globalization;
using StackExchange.Redis;

namespace Eventicat.TestSupport.Redis;

/// <summary>Three servers that share the slots of a cluster, without replicas. Each can be frozen by itself.</summary>
public sealed class RedisCluster : IAsyncDisposable
{
    private const int Nodes = 3;
    private const int Slots = 16_384;

    private readonly List<IRedisHost> _nodes = [];

    /// <value>StackExchange.Redis configuration that names all of them.</value>
    public string Connection => string.Join(',', _nodes.Select(static node => node.Connection));

    /// <summary>Skips the test where <c>redis-server</c> is not on the PATH, unless <c>REQUIRE_REAL_REDIS=1</c>: then it fails.</summary>
    public static async Task<RedisCluster> StartAsync(CancellationToken cancellationToken)
    {
        var cluster = new RedisCluster();
        try
        {
            for (var i = 0; i < Nodes; i++)
            {
                cluster._nodes.Add(await ProcessRedisHost.TryStartRedisAsync(
                    cancellationToken,
                    // A frozen node is to stay a member: nobody takes over, and the others go on.
                    "--cluster-enabled", "yes", "--cluster-node-timeout", "600000", "--cluster-require-full-coverage", "no") ?? throw RedisChoice.Absent());
            }

            await cluster.FormAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>The number of the node that has a key with this hash tag.</summary>
    public static int NodeOf(string hashTag)
    {
        var crc = 0;
        foreach (var character in hashTag)
        {
            crc ^= character << 8;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = ((crc << 1) ^ ((crc & 0x8000) == 0 ? 0 : 0x1021)) & 0xFFFF;
            }
        }

        return (crc % Slots * Nodes) / Slots;
    }

    /// <summary>Runs one command on one node as an administrator would.</summary>
    /// <param name="node">Its number.</param>
    /// <param name="command">Its words, separated by spaces.</param>
    public async Task ExecuteAsync(int node, string command)
    {
        ArgumentNullException.ThrowIfNull(command);
        await using var multiplexer = await ConnectionMultiplexer.ConnectAsync($"{_nodes[node].Connection},allowAdmin=true");
        var words = command.Split(' ');
        await multiplexer.GetServer(_nodes[node].Connection).ExecuteAsync(words[0], [.. words[1..]]);
    }

    /// <summary>Begins to move a slot to another node. From now on no command is taken whose keys are partly there and partly not.</summary>
    /// <param name="hashTag">In that slot.</param>
    /// <param name="to">The node's number.</param>
    public async Task StartMovingAsync(string hashTag, int to)
    {
        var from = NodeOf(hashTag);
        await using var source = await ConnectionMultiplexer.ConnectAsync($"{_nodes[from].Connection},allowAdmin=true");
        await using var target = await ConnectionMultiplexer.ConnectAsync($"{_nodes[to].Connection},allowAdmin=true");
        var (here, there) = (source.GetServer(_nodes[from].Connection), target.GetServer(_nodes[to].Connection));
        var slot = source.HashSlot(hashTag);
        await there.ExecuteAsync("CLUSTER", "SETSLOT", slot, "IMPORTING", (string)(await here.ExecuteAsync("CLUSTER", "MYID"))!);
        await here.ExecuteAsync("CLUSTER", "SETSLOT", slot, "MIGRATING", (string)(await there.ExecuteAsync("CLUSTER", "MYID"))!);
    }

    public Task PauseAsync(int node) => _nodes[node].PauseAsync();

    public Task ResumeAsync(int node) => _nodes[node].ResumeAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }
    }

    private async Task FormAsync()
    {
        var connections = await Task.WhenAll(_nodes.Select(static node => ConnectionMultiplexer.ConnectAsync($"{node.Connection},allowAdmin=true")));
        try
        {
            for (var i = 0; i < Nodes; i++)
            {
                await ExecuteAsync(connections[i], "ADDSLOTSRANGE", ((i * Slots) + Nodes - 1) / Nodes, ((((i + 1) * Slots) + Nodes - 1) / Nodes) - 1);
                await ExecuteAsync(connections[0], "MEET", "127.0.0.1", int.Parse(_nodes[i].Connection.Split(':')[1], CultureInfo.InvariantCulture));
            }

            await Eventually.TrueAsync(async () =>
            {
                var states = await Task.WhenAll(connections.Select(static connection => ExecuteAsync(connection, "INFO")));
                return Array.TrueForAll(states, static state => state.Contains("cluster_state:ok", StringComparison.Ordinal)
                    && state.Contains($"cluster_slots_assigned:{Slots}", StringComparison.Ordinal)
                    && state.Contains($"cluster_known_nodes:{Nodes}", StringComparison.Ordinal));
            });
        }
        finally
        {
            foreach (var connection in connections)
            {
                await connection.DisposeAsync();
            }
        }
    }

    private static async Task<string> ExecuteAsync(ConnectionMultiplexer connection, params object[] arguments) =>
        (await connection.GetServers()[0].ExecuteAsync("CLUSTER", arguments)).ToString();
}
