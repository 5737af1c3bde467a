using StackExchange.Redis;

namespace Eventicat.Accounts.Storage.Redis;

/// <summary>The many ways in which the client says that Redis did not do it.</summary>
internal static class RedisFailure
{
    public static bool IsOne(Exception exception) =>
        exception is RedisException or RedisCommandException or TimeoutException or ObjectDisposedException;

    /// <summary>For an operator. The client's own texts stay out of it: they name hosts and commands.</summary>
    public static AccountStoreUnavailableException Wrap(Exception exception) =>
        new(
            exception is RedisServerException server
                ? $"Redis refused the command: {server.Message.Split(' ')[0]}"
                : "Redis does not answer",
            exception);
}
