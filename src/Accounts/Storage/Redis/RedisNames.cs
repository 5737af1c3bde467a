using StackExchange.Redis;

namespace Eventicat.Accounts.Storage.Redis;

/// <summary>
/// The names of all keys that hold accounts. What belongs to one account carries the hash tag <c>{account}</c>, so that
/// a script may use it in one slot of a cluster; hints are in slots of their own.
/// </summary>
public sealed class RedisNames(string prefix)
{
    /// <summary>Field of <see cref="Account"/>: the account's JSON.</summary>
    public const string DocumentField = "doc";

    /// <summary>Field of <see cref="Account"/>: the epoch, in decimal digits.</summary>
    public const string EpochField = "epoch";

    /// <summary>Field of <see cref="Account"/>: a deleted account's last epoch, all that is left of it for a while.</summary>
    public const string TraceField = "gone";

    private const string AccountInfix = ":account:{";

    /// <value>The pattern that all names of <see cref="Account"/> match, for SCAN.</value>
    public string AccountPattern { get; } = $"{prefix}{AccountInfix}*}}";

    /// <summary>The index of all accounts: a sorted set whose scores are all 0, in the order of the ids.</summary>
    public RedisKey Accounts { get; } = $"{prefix}:accounts";

    /// <summary>The accounts that are about to leave the index; the hash tag puts it into the index's slot.</summary>
    public RedisKey Leaving { get; } = $"{prefix}:leaving:{{{prefix}:accounts}}";

    /// <summary>The hash that is the truth about one account.</summary>
    public RedisKey Account(AccountId id) => $"{prefix}{AccountInfix}{id}}}";

    /// <summary>The hint which account has a key of this digest.</summary>
    public RedisKey Key(KeyDigest digest) => $"{prefix}:key:{digest}";

    /// <summary>The hint which account has this aggregator.</summary>
    public RedisKey Aggregator(AggregatorId id) => $"{prefix}:agg:{id}";

    /// <summary>The hash of an account's key ids and when each was last used, in unix seconds.</summary>
    public RedisKey KeyUse(AccountId id) => $"{prefix}:used:{{{id}}}";

    public bool TryParseAccount(RedisKey key, out AccountId id)
    {
        var text = (string?)key ?? "";
        var start = prefix.Length + AccountInfix.Length;
        id = default;
        return text.Length > start && AccountId.TryParse(text[start..^1], out id);
    }
}
