using Eventicat.Accounts.Storage.Redis;
using StackExchange.Redis;

namespace Eventicat.Gateway.RateLimiting;

/// <summary>A decision about nobody, which asks for nothing: whether Redis would decide if somebody came.</summary>
internal sealed class SharedLimitCheck(RedisConnection connection) : IRedisCheck
{
    private static readonly string Script = RateLimitScripts.Load("sliding_window.lua");

    private readonly RedisKey[] _keys = RateLimitScripts.NobodysNames(connection.Prefix);

    public Task RunAsync(IDatabase database) => database.ScriptEvaluateAsync(Script, _keys, RedisSlidingWindowScript.AskForNothing, CommandFlags.DemandMaster);
}
