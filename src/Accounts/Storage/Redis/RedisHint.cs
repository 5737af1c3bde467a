using StackExchange.Redis;

namespace Eventicat.Accounts.Storage.Redis;

/// <summary>Something that one account at most may have, and where Redis keeps which one it is.</summary>
/// <param name="Key">The hint's key. Its value is the account's id, a space, and the time of the claim in microseconds.</param>
/// <param name="Subject">The key digest or aggregator id.</param>
public readonly record struct RedisHint(RedisKey Key, string Subject)
{
    /// <summary>All that lead to an account; none where there is no account.</summary>
    public static IEnumerable<RedisHint> Of(Account? account, RedisNames names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return account is null
            ? []
            : account.Keys.Select(key => new RedisHint(names.Key(key.Digest), key.Digest.ToString()))
                .Concat(account.Aggregators.Select(aggregator => new RedisHint(names.Aggregator(aggregator.Id), aggregator.Id.ToString())));
    }

    /// <summary>Whose the hint says it is; without checking that the account's record agrees.</summary>
    public static bool TryParseHolder(RedisValue value, out AccountId holder) =>
        AccountId.TryParse(((string?)value)?.Split(' ')[0], out holder);
}
