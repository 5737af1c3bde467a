namespace Eventicat.Redis;

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

public static class RedisCauses
{
    /// <summary>For an operator: what is wrong, and what to do. Never with an address, a secret or a command in it.</summary>
    public static string Describe(this RedisCause cause) => cause switch
    {
        RedisCause.None => "Redis answers.",
        RedisCause.NoAnswer => "Redis does not answer in time: see whether it hangs, or something between here and there drops packets.",
        RedisCause.UnknownHost => "The host name of Redis is not known: correct it in Redis:Connection, or in DNS.",
        RedisCause.NobodyListens => "Nobody listens at the address of Redis: start it, or correct host and port in Redis:Connection.",
        RedisCause.Unreachable => "No connection to Redis can be made: correct host and port in Redis:Connection, or see to network and firewall.",
        RedisCause.NotRedis => "What listens at the address of Redis speaks another protocol: correct host and port in Redis:Connection.",
        RedisCause.TlsExpected => "Redis speaks TLS at this port: set ssl=true in Redis:Connection, or name its plain port.",
        RedisCause.PlainExpected => "Redis does not speak TLS at this port: remove ssl=true from Redis:Connection, or name its TLS port.",
        RedisCause.CertificateRefused => "The certificate of Redis is not trusted here, or is another host's: see to it, or set sslHost= in Redis:Connection.",
        RedisCause.PasswordMissing => "Redis wants a password, and none is configured: set password= (and user=) in Redis:Connection.",
        RedisCause.PasswordRefused => "Redis refuses the user or the password: correct user= and password= in Redis:Connection.",
        RedisCause.NotPermitted => "Redis does not permit this user a command that is needed: docs/operations.md has the ACL of each program.",
        RedisCause.ProtectedMode => "Redis is in protected mode and refuses other machines: give it a password and set it in Redis:Connection.",
        RedisCause.TooManyClients => "Redis has as many clients as it takes: raise its maxclients, or find who keeps connections.",
        RedisCause.ReadOnly => "The Redis at this address is a read-only replica: Redis:Connection has to lead to the primary.",
        RedisCause.OutOfMemory => "Redis is out of memory and refuses writes: raise its maxmemory, or remove what else is stored there.",
        RedisCause.NoReplicas => "Redis has too few replicas for its min-replicas-to-write and refuses writes: bring them back.",
        RedisCause.NoPrimary => "Redis has no primary for this at present: see to the failover of its replicas or cluster.",
        RedisCause.TwoPrimaries => "More than one server of Redis:Connection says that it is the primary, and which of them has the latest changes cannot be told: make the others its replicas, or name it alone.",
        RedisCause.Loading => "Redis is loading its data: wait.",
        RedisCause.CannotPersist => "Redis cannot save its data and refuses writes: see its log and its disk.",
        RedisCause.Busy => "Redis is busy with somebody's script: wait, or end that with SCRIPT KILL.",
        RedisCause.CommandRefused => "Redis refused a command: is something else stored under this Redis:Prefix, or is the server too old?",
        _ => "Redis does not answer, and does not say why: see its log.",
    };
}
