using StackExchange.Redis;

namespace Eventicat.Gateway.Usage.Storing.Redis;

/// <summary>What is known of a call to <c>record_usage.lua</c>.</summary>
internal enum RedisUsageCall
{
    Stored,

    /// <summary>Refused as a whole, or never sent.</summary>
    NotRun,

    /// <summary>Still under way, or the connection broke: it may have counted.</summary>
    Unknown,

    /// <summary>Redis is well, and this account's keys are not: another program wrote there. Trying again would not help.</summary>
    Broken,
}

internal static class RedisUsageCalls
{
    public static RedisUsageCall Of(Task call) => call switch
    {
        { IsCompletedSuccessfully: true } => RedisUsageCall.Stored,
        { Exception.InnerException: RedisServerException refused } => IsBroken(refused) ? RedisUsageCall.Broken : RedisUsageCall.NotRun,
        { Exception.InnerException: RedisConnectionException { FailureType: ConnectionFailureType.UnableToResolvePhysicalConnection or ConnectionFailureType.UnableToConnect } } => RedisUsageCall.NotRun,
        _ => RedisUsageCall.Unknown,
    };

    /// <summary>Redis tells its states by codes of their own (OOM, READONLY, LOADING …), and wrong data by these.</summary>
    private static bool IsBroken(RedisServerException exception) =>
        exception.Message.StartsWith("WRONGTYPE", StringComparison.Ordinal) || exception.Message.StartsWith("ERR", StringComparison.Ordinal);
}
