using Eventicat.Accounts;
using Eventicat.Redis;
using StackExchange.Redis;

namespace Eventicat.Gateway.RateLimiting;

/// <summary>
/// Decisions about nobody, which ask for nothing, one on each primary; and whether all is permitted that a decision about
/// somebody would do. Whether Redis would decide if somebody came.
/// </summary>
internal sealed class SharedLimitCheck(RedisConnection connection, IConfiguration configuration) : IRedisCheck
{
    private static readonly string Script = RateLimitScripts.Load("sliding_window.lua");

    private readonly RedisPermissions _permits = Permits(connection.Prefix, confirmsEpoch: configuration.FindAccountsFile() is null);

    public Task RunAsync(IDatabase database) => Task.WhenAll(
        RedisPermissions.TagsOfPrimaries(database).Select(tag => (Task)DecideAsync(database, tag)).Append(_permits.AskAllAsync(database)));

    /// <summary>The same for the server that has this key, as far as it can be asked without a decision.</summary>
    public Task AskAsync(IDatabase database, RedisKey key) => _permits.AskAsync(database, key);

    private Task<RedisResult> DecideAsync(IDatabase database, string tag) => database.ScriptEvaluateAsync(
        Script, RateLimitScripts.NobodysNames(connection.Prefix, tag), RedisSlidingWindowScript.AskForNothing, CommandFlags.DemandMaster);

    private static RedisPermissions Permits(string prefix, bool confirmsEpoch) =>
        new(prefix, tag => RateLimitScripts.CommandsOfDecisions(prefix, tag, confirmsEpoch));
}
