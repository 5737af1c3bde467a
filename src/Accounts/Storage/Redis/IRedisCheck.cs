using StackExchange.Redis;

namespace Eventicat.Accounts.Storage.Redis;

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
    private readonly RedisNames _names = new(connection.Prefix);

    public Task RunAsync(IDatabase database) => RunAsync(database, _names.CheckBeside(_names.Accounts));

    public static Task RunAsync(IDatabase database, RedisKey name) =>
        database.ScriptEvaluateAsync(RedisScript.WriteCheck, [name], flags: CommandFlags.DemandMaster);
}
