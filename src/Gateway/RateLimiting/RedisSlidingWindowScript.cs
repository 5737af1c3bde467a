using System.Globalization;
using System.Runtime.InteropServices;
using Eventicat.Accounts;
using Eventicat.Accounts.Storage.Redis;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Eventicat.Gateway.RateLimiting;

/// <summary>Calls <c>sliding_window.lua</c>: one round trip, under the deadline, never repeated, since it may have run.</summary>
internal sealed class RedisSlidingWindowScript(RedisConnection connection, IOptions<RateLimitOptions> options, TimeProvider time)
{
    private static readonly string Script = RateLimitScripts.Load("sliding_window.lua");

    /// <summary>
    /// The first requests of a process wait for the compiler and for each other. Late for that reason is not Redis's
    /// being away, and granting a local share for it would exceed the shared limit.
    /// </summary>
    private static readonly TimeSpan StartUp = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan StartUpDeadline = TimeSpan.FromSeconds(1);

    private readonly long _startedAt = time.GetTimestamp();
    private readonly RedisNames _names = new(connection.Prefix);

    /// <summary>
    /// Decides on <paramref name="requested"/> permits of one account.
    /// </summary>
    /// <exception cref="TimeoutException">Redis did not answer in time; whether permits were spent is not known.</exception>
    /// <exception cref="RedisException">Redis is away, or refused the call.</exception>
    public async Task<Reply> RunAsync(AccountId account, AccountLimit limit, int requested, bool isPartial, long? epoch)
    {
        var sentAt = time.GetTimestamp();
        var call = CallAsync(account, limit, requested, isPartial, epoch);
        try
        {
            var values = (long[])(await call.WaitAsync(DeadlineAt(sentAt), time))!;
            return new Reply((int)values[0], (int)values[1], values[2], values[3], values[4], sentAt);
        }
        catch (TimeoutException)
        {
            // Nobody awaits the call any more; its failure must not surface as unobserved.
            _ = call.ContinueWith(static late => _ = late.Exception, CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            throw;
        }
    }

    private async Task<RedisResult> CallAsync(AccountId account, AccountLimit limit, int requested, bool isPartial, long? epoch)
    {
        var database = await connection.GetDatabaseAsync(CancellationToken.None);
        return await database.ScriptEvaluateAsync(
            Script,
            [RateLimitScripts.LogName(connection.Prefix, account), _names.Account(account)],
            [
                limit.Permits,
                limit.Window.Ticks / TimeSpan.TicksPerMicrosecond,
                requested,
                isPartial ? 1 : 0,
                epoch?.ToString(CultureInfo.InvariantCulture) ?? "",
            ],
            CommandFlags.DemandMaster);
    }

    private TimeSpan DeadlineAt(long sentAt)
    {
        var deadline = options.Value.Deadline;
        return deadline < StartUpDeadline && time.GetElapsedTime(_startedAt, sentAt) < StartUp ? StartUpDeadline : deadline;
    }

    /// <param name="Granted">Permits spent; -1 when the account has another epoch.</param>
    /// <param name="InUse">Permits of the window in use, these included.</param>
    /// <param name="Now">The server's time in microseconds since the Unix epoch, as are the others.</param>
    /// <param name="ResetAt">When one more permit is free than now; 0 when none is in use.</param>
    /// <param name="RetryAt">When what was not granted would be; 0 when all was.</param>
    /// <param name="SentAt">The <see cref="TimeProvider"/> timestamp before sending.</param>
    [StructLayout(LayoutKind.Auto)]
    public readonly record struct Reply(int Granted, int InUse, long Now, long ResetAt, long RetryAt, long SentAt)
    {
        public bool IsOtherEpoch => Granted < 0;
    }
}
