using Eventicat.Accounts;
using Eventicat.Accounts.Storage.Redis;
using Eventicat.Redis;
using StackExchange.Redis;

namespace Eventicat.Gateway.RateLimiting;

/// <summary>The scripts beside this file, and the log that they share.</summary>
internal static class RateLimitScripts
{
    /// <summary>The hash tag puts the log into the slot of the account's record.</summary>
    public static RedisKey LogName(string prefix, AccountId account) => $"{prefix}:limit:{{{account}}}";

    /// <summary>
    /// A log and a record of nobody, for calls that try Redis out: no account has this id, and a user of Redis who may
    /// use accounts' logs may use these.
    /// </summary>
    public static RedisKey[] NobodysNames(string prefix, string tag = ".nobody") => [$"{prefix}:limit:{{{tag}}}", $"{prefix}:account:{{{tag}}}"];

    /// <summary>All that <c>sliding_window.lua</c> does to these names.</summary>
    /// <param name="prefix">Of the names.</param>
    /// <param name="tag">Their hash tag.</param>
    /// <param name="confirmsEpoch">Whether the record is read.</param>
    public static RedisValue[][] CommandsOfDecisions(string prefix, string tag, bool confirmsEpoch)
    {
        RedisValue log = $"{prefix}:limit:{{{tag}}}", record = $"{prefix}:account:{{{tag}}}";
        RedisValue[][] ofRecord = confirmsEpoch ? [["HGET", record, RedisNames.EpochField]] : [];
        return
        [
            .. ofRecord,
            ["EVALSHA", "", 2, log, record],
            ["TIME"],
            ["LLEN", log],
            ["LINDEX", log, 0],
            ["LRANGE", log, 0, -1],
            ["LTRIM", log, 0, -1],
            ["RPUSH", log, 0],
            ["DEL", log],
            ["PTTL", log],
            ["PEXPIRE", log, 1],
        ];
    }

    public static string Load(string name) => RedisScript.Load(typeof(RateLimitScripts), name);
}
