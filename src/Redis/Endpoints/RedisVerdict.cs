using StackExchange.Redis;

namespace Eventicat.Redis.Endpoints;

/// <summary>What the failure of a call says about the server, which is nothing when one account's data are the cause.</summary>
public static class RedisVerdict
{
    /// <returns><see cref="RedisAbsence.None"/>: the server decides, but not this call.</returns>
    public static RedisAbsence Of(Exception exception, out string detail)
    {
        (var absence, detail) = exception switch
        {
            RedisAwayException away => (away.State.Absence, away.State.Detail),
            RedisServerException server => (OfReply(server.Message, out var code), code),
            RedisNoPrimaryException none => (RedisAbsence.Disconnected, none.Cause.ToString()),
            RedisConnectionException connection => (RedisAbsence.Disconnected, connection.FailureType.ToString()),
            // The client's own, of seconds: no answer came.
            TimeoutException => (RedisAbsence.Silent, "no answer"),
            ObjectDisposedException => (RedisAbsence.Disconnected, "closed"),
            _ => (RedisAbsence.None, exception.GetType().Name),
        };
        return absence;
    }

    /// <summary>Whether an account's slot is being moved to another node of a cluster: nothing is wrong with it, and soon it will be there.</summary>
    public static bool IsOnItsWay(string detail) => detail is "TRYAGAIN" or "MOVED";

    private static RedisAbsence OfReply(string message, out string code)
    {
        // Before Redis 7 an error inside a script comes as "ERR Error running script (…): @user_script:7: -READONLY …".
        var inner = message.StartsWith("ERR Error running script", StringComparison.Ordinal) ? message.IndexOf(": -", StringComparison.Ordinal) : -1;
        var error = inner < 0 ? message : message[(inner + 3)..];
        code = error.Split(' ', 2)[0];
        switch (RedisFailure.ClassifyReply(error, hasPassword: false))
        {
            case RedisCause.NotPermitted:
                code = "NOPERM";
                return RedisAbsence.Refusing;
            case RedisCause.NoPrimary:
                return IsOnItsWay(code) ? RedisAbsence.None : RedisAbsence.NotPrimary;
            case RedisCause.ReadOnly:
                return RedisAbsence.NotPrimary;
            case RedisCause.CommandRefused:
                // Not by the client's RedisErrorKind, which takes "ERR user_script:37: …" for this.
                return message.StartsWith("ERR unknown command", StringComparison.OrdinalIgnoreCase) ? RedisAbsence.Refusing : RedisAbsence.None;
            default:
                return RedisAbsence.Refusing;
        }
    }
}
