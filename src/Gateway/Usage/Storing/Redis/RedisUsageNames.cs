using Eventicat.Accounts;
using Eventicat.Accounts.Storage.Redis;
using StackExchange.Redis;

namespace Eventicat.Gateway.Usage.Storing.Redis;

/// <summary>
/// The names of all keys that hold usage. What belongs to one account carries the hash tag <c>{account}</c>. None
/// matches the pattern by which accounts are listed.
/// </summary>
internal sealed class RedisUsageNames(string prefix)
{
    private readonly RedisNames _accounts = new(prefix);

    /// <value>The sorted set of accounts that used keys in URLs, by the Unix second of the last time.</value>
    public RedisKey UrlKeys { get; } = $"{prefix}:urlkeys";

    /// <summary>The hash <c>MM:NAME</c> to count of the minutes of one hour.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="hour">Hours since the Unix epoch; in the name, its start in seconds.</param>
    public RedisKey Minutes(AccountId account, long hour) => $"{prefix}:usage:{{{account}}}:minutes:{hour * 3600}";

    /// <summary>The hash <c>HH:NAME</c> to count of the hours of one day.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="day">Days since the Unix epoch; in the name, its start in seconds.</param>
    public RedisKey Hours(AccountId account, long day) => $"{prefix}:usage:{{{account}}}:hours:{day * 86400}";

    /// <summary>The hash key id to Unix second of its last use, which others read too.</summary>
    public RedisKey KeyUses(AccountId account) => _accounts.KeyUse(account);
}
