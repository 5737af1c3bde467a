using Eventicat.Accounts;
using StackExchange.Redis;

namespace Eventicat.Control.Storage.Redis;

/// <summary>The names of all keys of the control store. It is small: all are in one slot, so that a script may use any of them.</summary>
internal sealed class ControlNames(string prefix)
{
    private readonly string _prefix = $"{prefix}:{{control}}:";

    public RedisKey Record(string kind, string id) => $"{_prefix}{kind}:{id}";

    public RedisKey Index(string kind) => $"{_prefix}{kind}";

    public RedisKey AuditCounter => $"{_prefix}audit-counter";

    /// <summary>The log of all entries, or of those of one account.</summary>
    public RedisKey Audit(AccountId? account) => account is { } id ? $"{_prefix}audit:{id}" : $"{_prefix}audit";
}
