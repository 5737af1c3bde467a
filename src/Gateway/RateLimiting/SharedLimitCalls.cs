using Eventicat.Accounts;
using Eventicat.Redis;
using Eventicat.Redis.Endpoints;

namespace Eventicat.Gateway.RateLimiting;

/// <summary>
/// The script, whose failures are no exceptions for whoever asks. Whether a server is away is the endpoint's to say;
/// what goes wrong beside that is one account's affair, such as a log of the wrong type, and is said once for it.
/// </summary>
internal sealed partial class SharedLimitCalls(RedisSlidingWindowScript script, ILogger<SharedLimitCalls> logger)
{
    public RedisSlidingWindowScript Script => script;

    /// <param name="call">One run of the script.</param>
    /// <param name="account">Whose; remembers what was said about it.</param>
    /// <returns>The reply, or <c>null</c>: Redis did not decide.</returns>
    public async ValueTask<RedisSlidingWindowScript.Reply?> TryRunAsync(RedisSlidingWindowScript.Call call, AccountFault account)
    {
        try
        {
            var reply = await script.RunAsync(call);
            if (account.IsKnown)
            {
                account.IsKnown = false;
                Log.Decided(logger, account.Account.ToString());
            }

            return reply;
        }
        catch (Exception exception) when (RedisFailure.IsOne(exception))
        {
            if (RedisVerdict.Of(exception, out var detail) == RedisAbsence.None && !account.IsKnown && !RedisVerdict.IsOnItsWay(detail))
            {
                account.IsKnown = true;
                Log.NotDecided(logger, account.Account.ToString(), detail);
            }

            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, EventName = "AccountLimitBroken",
            Message = "Redis cannot decide on the limit of account {Account} ({Reason}), though it can on others: see what is stored under its name. RateLimit:OnRedisFailure is in force for this account")]
        public static partial void NotDecided(ILogger logger, string account, string reason);

        [LoggerMessage(Level = LogLevel.Information, EventName = "AccountLimitMended",
            Message = "Redis decides on the limit of account {Account} again")]
        public static partial void Decided(ILogger logger, string account);
    }
}

/// <summary>Whether it was said that Redis cannot decide on this account, though it can on others.</summary>
internal sealed class AccountFault(AccountId account)
{
    public AccountId Account => account;

    public bool IsKnown { get; set; }
}
