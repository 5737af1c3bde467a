using StackExchange.Redis;

namespace Eventicat.Accounts.Storage.Redis;

/// <summary>Tells one server from another at the same address.</summary>
internal static class RedisIdentity
{
    private const string Name = "run_id";

    /// <returns><c>null</c> where it cannot be told: a cluster, of which the client keeps track itself, or a proxy in between.</returns>
    public static async Task<string?> ReadAsync(IConnectionMultiplexer multiplexer)
    {
        if (multiplexer.GetServers() is not [{ IsConnected: true, ServerType: ServerType.Standalone } only])
        {
            return null;
        }

        var sections = await only.InfoAsync("server");
        return sections.SelectMany(static section => section).FirstOrDefault(static entry => entry.Key == Name).Value;
    }
}
