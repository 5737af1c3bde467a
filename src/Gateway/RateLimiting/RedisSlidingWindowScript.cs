using System.Globalization;
using System.Runtime.InteropServices;
using Eventicat.Accounts;
using Eventicat.Accounts.Storage.Redis;
using Eventicat.Redis;
using Eventicat.Redis.Endpoints;
using StackExchange.Redis;

namespace Eventicat.Gateway.RateLimiting;

/// <summary>Calls <c>sliding_window.lua</c>: one round trip, never repeated, since it may have run.</summary>
internal sealed class RedisSlidingWindowScript(RedisConnection connection, TimeProvider time)
{
    private static readonly string Script = RateLimitScripts.Load("sliding_window.lua");

    private readonly RedisNames _names = new(connection.Prefix);

    /// <value>The arguments of a call under any limit and of any epoch, which changes nothing.</value>
    public static RedisValue[] AskForNothing { get; } = [1, TimeSpan.MicrosecondsPerSecond, 0, 0, ""];

    /// <summary>Decides on <paramref name="requested"/> permits of one account.</summary>
    public Task<Reply> RunAsync(AccountId account, AccountLimit limit, int requested, bool isPartial, long? epoch) =>
        RunAsync(Create(account, limit, requested, isPartial, epoch, []));

    /// <exception cref="RedisAwayException">Redis does not decide; whether permits were spent is not known.</exception>
    /// <exception cref="RedisException">Redis refused the call.</exception>
    public Task<Reply> RunAsync(Call call) => connection.Endpoints.CallAsync(call, CancellationToken.None);

    /// <summary>Decides about nobody, and changes nothing.</summary>
    public Task TryOutAsync() =>
        RunAsync(new Call(RateLimitScripts.NobodysNames(connection.Prefix), AskForNothing, told: [], time.GetTimestamp()));

    public Call Create(AccountId account, AccountLimit limit, int requested, bool isPartial, long? epoch, LocalGrant[] told)
    {
        var arguments = new RedisValue[5 + (2 * told.Length)];
        arguments[0] = limit.Permits;
        arguments[1] = limit.Window.Ticks / TimeSpan.TicksPerMicrosecond;
        arguments[2] = requested;
        arguments[3] = isPartial ? 1 : 0;
        arguments[4] = epoch?.ToString(CultureInfo.InvariantCulture) ?? "";
        for (var i = 0; i < told.Length; i++)
        {
            arguments[5 + (2 * i)] = told[i].Age;
            arguments[6 + (2 * i)] = told[i].Permits;
        }

        return new Call([RateLimitScripts.LogName(connection.Prefix, account), _names.Account(account)], arguments, told, time.GetTimestamp());
    }

    /// <summary>One run of the script. When it was given up and ran all the same, that is made good for.</summary>
    internal sealed class Call(RedisKey[] keys, RedisValue[] arguments, LocalGrant[] told, long sentAt) : RedisCall<Reply>(keys[0])
    {
        private readonly Lock _gate = new();
        private Reply? _late;
        private (LocalShare Share, int Granted)? _here;

        /// <value>What it tells Redis that was granted here.</value>
        public LocalGrant[] Told => told;

        /// <summary>Its requests were decided here after it had been given up.</summary>
        public void DecidedHere(LocalShare share, int granted)
        {
            lock (_gate)
            {
                _here = (share, granted);
            }

            MakeGood();
        }

        protected override async Task<Reply> SendAsync(IDatabase database)
        {
            var values = (long[])(await database.ScriptEvaluateAsync(Script, keys, arguments, CommandFlags.DemandMaster))!;
            return new Reply((int)values[0], (int)values[1], values[2], values[3], values[4], sentAt);
        }

        protected override void AnsweredLate(Reply answer)
        {
            lock (_gate)
            {
                _late = answer;
            }

            MakeGood();
        }

        private void MakeGood()
        {
            lock (_gate)
            {
                if (_late is { IsOtherEpoch: false } late && _here is { } here)
                {
                    here.Share.RecordLate(late, here.Granted, told);
                    _here = null;
                }
            }
        }
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
