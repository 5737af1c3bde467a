using StackExchange.Redis;

namespace Eventicat.Redis;

/// <summary>
/// Something that this program needs Redis to do, tried again and again by <see cref="RedisWatch"/> on a connection
/// that may not be the one in use. It changes nothing.
/// </summary>
public interface IRedisCheck
{
    Task RunAsync(IDatabase database);
}

/// <summary>Whether scripts run and may write: not on a replica, not out of memory, not without the permission to.</summary>
internal sealed class RedisWriteCheck(RedisConnection connection) : IRedisCheck
{
    private readonly RedisPermissions _permits = new(connection.Prefix, static _ => []);

    public Task RunAsync(IDatabase database) => _permits.AskAllAsync(database);
}
