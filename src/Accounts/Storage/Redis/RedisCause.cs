namespace Eventicat.Accounts.Storage.Redis;

/// <summary>Why Redis does not do what is asked of it, told apart as far as what to do about it differs.</summary>
public enum RedisCause
{
    None,

    /// <summary>The client does not say, or the connection went without a word.</summary>
    Unclear,
    NoAnswer,
    UnknownHost,
    NobodyListens,
    Unreachable,
    NotRedis,
    TlsExpected,
    PlainExpected,
    CertificateRefused,
    PasswordMissing,
    PasswordRefused,
    NotPermitted,
    ProtectedMode,
    TooManyClients,
    ReadOnly,
    OutOfMemory,
    NoReplicas,
    NoPrimary,

    /// <summary>Of servers that are named without Sentinel or a cluster.</summary>
    TwoPrimaries,
    Loading,
    CannotPersist,
    Busy,

    /// <summary>Redis is well and refused one command, for its arguments or for what it found under a key.</summary>
    CommandRefused,
}
