using StackExchange.Redis;

namespace Eventicat.Redis;

/// <summary>
/// Whether servers take writes and permit this user the very commands that are needed, under names like those that they
/// are needed for. None of them is carried out. What a check did not ask for is found missing only in use, and would be
/// taken for mended by the next check.
/// </summary>
/// <param name="prefix">Of all names.</param>
/// <param name="commandsFor">The commands, with names whose hash tag is given.</param>
public sealed class RedisPermissions(string prefix, Func<string, RedisValue[][]> commandsFor)
{
    private static readonly string WriteCheck = RedisScript.Load(typeof(RedisPermissions), "write_check.lua");

    /// <summary>No account has such an id.</summary>
    private const string Nobody = ".nobody";

    /// <summary>Enough to find a name in every slot.</summary>
    private const int MostTags = 200_000;

    /// <summary>Asks the server that has this key, which is not touched.</summary>
    public Task AskAsync(IDatabase database, RedisKey key) => AskAsync(database, TagOf(key));

    /// <summary>Asks all primaries: in a cluster each may permit and refuse something else.</summary>
    public Task AskAllAsync(IDatabase database) => Task.WhenAll(TagsOfPrimaries(database).Select(tag => AskAsync(database, tag)));

    /// <returns>For each primary that has keys a hash tag of nobody's, which puts a name there.</returns>
    public static IReadOnlyCollection<string> TagsOfPrimaries(IDatabase database)
    {
        ArgumentNullException.ThrowIfNull(database);
        if (database.Multiplexer.GetServers().FirstOrDefault(static server => server is { IsConnected: true, ServerType: ServerType.Cluster })
            is not { ClusterConfiguration: { } cluster })
        {
            return [Nobody];
        }

        var missing = cluster.Nodes.Where(static node => !node.IsReplica && node.Slots.Count > 0).Select(static node => node.NodeId).ToHashSet(StringComparer.Ordinal);
        var tags = new List<string>();
        for (var i = 0; missing.Count > 0 && i < MostTags; i++)
        {
            var tag = i == 0 ? Nobody : $"{Nobody}-{i}";
            if (cluster.GetBySlot((RedisKey)tag) is { } node && missing.Remove(node.NodeId))
            {
                tags.Add(tag);
            }
        }

        return tags;
    }

    private Task<RedisResult> AskAsync(IDatabase database, string tag)
    {
        ArgumentNullException.ThrowIfNull(database);
        RedisValue[] words = [.. commandsFor(tag).SelectMany(static command => command.Prepend(command.Length))];
        return database.ScriptEvaluateAsync(WriteCheck, [$"{prefix}:check:{{{tag}}}"], words, CommandFlags.DemandMaster);
    }

    private static string TagOf(RedisKey key)
    {
        var text = (string)key!;
        var open = text.IndexOf('{', StringComparison.Ordinal);
        var close = open < 0 ? -1 : text.IndexOf('}', open + 1);
        return close > open + 1 ? text[(open + 1)..close] : text;
    }
}
