using System.Net.Sockets;
using System.Security.Authentication;
using Eventicat.Redis.Endpoints;
using StackExchange.Redis;

namespace Eventicat.Redis;

/// <summary>The many ways in which the client says that Redis did not do it.</summary>
public static class RedisFailure
{
    /// <summary>Whether it is Redis, or the client, that did not do a call, and not a fault of this program's.</summary>
    public static bool IsOne(Exception exception) =>
        exception is RedisException or RedisCommandException or RedisAwayException or TimeoutException or ObjectDisposedException;

    /// <param name="exception">What a call ended with.</param>
    /// <param name="hasPassword">Whether one is configured: Redis words the lack of one and a wrong one alike.</param>
    public static RedisCause Classify(Exception exception, bool hasPassword)
    {
        var cause = RedisCause.Unclear;
        // The outer ones say that there is no connection, the inner ones why.
        for (var one = exception; one is not null; one = one.InnerException)
        {
            cause = ClassifyAlone(one, hasPassword) is var found and not RedisCause.Unclear ? found : cause;
        }

        return cause;
    }

    /// <summary>What the first word of an error of Redis, or of its greeting, means.</summary>
    internal static RedisCause ClassifyReply(string error, bool hasPassword) => error.Split(' ', 2)[0] switch
    {
        "READONLY" => RedisCause.ReadOnly,
        "OOM" => RedisCause.OutOfMemory,
        "NOREPLICAS" => RedisCause.NoReplicas,
        "MASTERDOWN" or "CLUSTERDOWN" or "TRYAGAIN" or "MOVED" => RedisCause.NoPrimary,
        "LOADING" => RedisCause.Loading,
        "MISCONF" => RedisCause.CannotPersist,
        "BUSY" => RedisCause.Busy,
        "DENIED" => RedisCause.ProtectedMode,
        "NOPERM" => RedisCause.NotPermitted,
        "NOAUTH" or "WRONGPASS" => WrongPassword(hasPassword),
        // Redis 7.0 has no word of its own for these.
        "ERR" when error.Contains("The user executing the script can't", StringComparison.Ordinal) => RedisCause.NotPermitted,
        "ERR" when error.StartsWith("ERR max number of clients", StringComparison.Ordinal) => RedisCause.TooManyClients,
        _ => RedisCause.CommandRefused,
    };

    private static RedisCause ClassifyAlone(Exception exception, bool hasPassword) => exception switch
    {
        RedisAwayException { State: { Absence: RedisAbsence.Refusing or RedisAbsence.NotPrimary, Detail: var code } } => ClassifyReply(code, hasPassword),
        RedisAwayException { State.Absence: RedisAbsence.Silent } => RedisCause.NoAnswer,
        RedisNoPrimaryException none => none.Cause,
        RedisServerException server => ClassifyReply(server.Message, hasPassword),
        // Of TLS it is with one of these inside.
        RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure, InnerException: not (IOException or AuthenticationException) } =>
            WrongPassword(hasPassword),
        RedisConnectionException { FailureType: ConnectionFailureType.ProtocolFailure or ConnectionFailureType.InternalFailure } => RedisCause.NotRedis,
        RedisConnectionException { FailureType: ConnectionFailureType.Loading } => RedisCause.Loading,
        // It knows no server that would take this: all that it is connected to are replicas.
        RedisCommandException => RedisCause.ReadOnly,
        TimeoutException or OperationCanceledException => RedisCause.NoAnswer,
        AuthenticationException => RedisCause.CertificateRefused,
        SocketException socket => ClassifySocket(socket.SocketErrorCode),
        _ => RedisCause.Unclear,
    };

    private static RedisCause ClassifySocket(SocketError error) => error switch
    {
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => RedisCause.UnknownHost,
        SocketError.ConnectionRefused => RedisCause.NobodyListens,
        SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.HostDown or SocketError.TimedOut
            or SocketError.AccessDenied => RedisCause.Unreachable,
        _ => RedisCause.Unclear,
    };

    private static RedisCause WrongPassword(bool hasPassword) => hasPassword ? RedisCause.PasswordRefused : RedisCause.PasswordMissing;
}

/// <summary>Of several servers none can be taken for the primary.</summary>
internal sealed class RedisNoPrimaryException(RedisCause cause) : RedisException($"No primary: {cause}")
{
    public RedisCause Cause { get; } = cause;
}
