using StackExchange.Redis;

namespace Eventicat.Redis.Servers;

/// <summary>Tells one server from another at the same address.</summary>
internal static class RedisIdentity
{
    private const string Name = "run_id";

    /// <returns>Of the server that calls go to; <c>null</c> where it cannot be told: a cluster, of which the client keeps track itself, or a proxy in between.</returns>
    public static async Task<string?> ReadAsync(IConnectionMultiplexer multiplexer)
    {
        if (FindPrimary(multiplexer) is not { IsConnected: true, ServerType: ServerType.Standalone } primary)
        {
            return null;
        }

        var sections = await primary.InfoAsync("server");
        return sections.SelectMany(static section => section).FirstOrDefault(static entry => entry.Key == Name).Value;
    }

    /// <remarks>Behind Sentinel the client is connected to the replicas as well.</remarks>
    private static IServer? FindPrimary(IConnectionMultiplexer multiplexer)
    {
        try
        {
            return multiplexer.GetServer(default(RedisKey), flags: CommandFlags.DemandMaster);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
