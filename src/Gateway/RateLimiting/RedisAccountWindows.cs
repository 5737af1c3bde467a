using Eventicat.Accounts;
using Eventicat.Gateway.Requests;
using Eventicat.Redis;
using StackExchange.Redis;

namespace Eventicat.Gateway.RateLimiting;

/// <summary>Calls <c>sliding_window_peek.lua</c>. People look at the result, so it may take longer than a decision.</summary>
internal sealed class RedisAccountWindows(RedisConnection connection, AccountRateLimiters limiters, TimeProvider time) : IAccountWindows
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(1);
    private static readonly string Script = RateLimitScripts.Load("sliding_window_peek.lua");

    public async ValueTask<AccountWindow?> PeekAsync(Account account, CancellationToken cancellationToken)
    {
        var limit = limiters.LimitOf(account);
        try
        {
            var values = (long[])(await CallAsync(account.Id, limit, cancellationToken).WaitAsync(Deadline, time, cancellationToken))!;
            return new AccountWindow(limit, (int)values[0], DateTimeOffset.UnixEpoch + TimeSpan.FromTicks(values[1] * TimeSpan.TicksPerMicrosecond));
        }
        catch (Exception exception) when (RedisFailure.IsOne(exception))
        {
            return null;
        }
    }

    private async Task<RedisResult> CallAsync(AccountId account, AccountLimit limit, CancellationToken cancellationToken)
    {
        var database = await connection.GetDatabaseAsync(cancellationToken);
        return await database.ScriptEvaluateAsync(
            Script,
            [RateLimitScripts.LogName(connection.Prefix, account)],
            [limit.Permits, limit.Window.Ticks / TimeSpan.TicksPerMicrosecond],
            CommandFlags.DemandMaster);
    }
}
