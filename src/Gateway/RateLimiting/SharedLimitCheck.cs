using Eventicat.Accounts;
using Eventicat.Accounts.Storage.Redis;
using StackExchange.Redis;

namespace Eventicat.Gateway.RateLimiting;

/// <summary>A decision about nobody, which asks for nothing: whether Redis would decide if somebody came.</summary>
internal sealed class SharedLimitCheck(RedisConnection connection) : IRedisCheck
{
    private const string AnyEpoch = "";

    private static readonly AccountId Nobody = AccountId.Parse("readiness");
    private static readonly string Script = RateLimitScripts.Load("sliding_window.lua");
    private static readonly RedisValue[] AskForNothing = [1, TimeSpan.MicrosecondsPerSecond, 0, 0, AnyEpoch];

    private readonly RedisKey[] _keys = [RateLimitScripts.LogName(connection.Prefix, Nobody), new RedisNames(connection.Prefix).Account(Nobody)];

    public Task RunAsync(IDatabase database) => database.ScriptEvaluateAsync(Script, _keys, AskForNothing, CommandFlags.DemandMaster);
}
