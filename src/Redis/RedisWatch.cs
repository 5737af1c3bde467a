using Eventicat.Redis.Servers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Eventicat.Redis;

/// <summary>
/// Tries once a second what the program needs of Redis, whether or not there is traffic. Where that fails on a
/// connection, another one is made to the same address, and takes its place as soon as it does better: an address
/// may lead to another server while the old one keeps its connections and answers PING. Where it even takes writes,
/// only a second connection tells: one is made now and then to see where the address leads. Says once why Redis is of
/// no use, and once when it is again.
/// </summary>
public sealed partial class RedisWatch(
    RedisConnection connection, IEnumerable<IRedisCheck> checks, TimeProvider time, ILogger<RedisWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Far more than Redis needs: a process that is short of processor time is not to take that for Redis's silence.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(3);

    /// <summary>The connecting as well, which waits for each of several servers, of which one may hang.</summary>
    private static readonly TimeSpan DialDeadline = 2 * Deadline;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>How often it is seen where the address leads while all is well.</summary>
    private static readonly TimeSpan FollowInterval = TimeSpan.FromSeconds(5);

    /// <summary>Longer than any call may take, so that none is cut off by the replacing.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(15);

    /// <summary>How often a reason is looked for before it is said that there is none: the client does not always give it.</summary>
    private const int Attempts = 3;

    private readonly IRedisCheck[] _checks = [.. checks];
    private readonly RedisRivals _rivals = new(connection, logger);
    private readonly List<(Task<ConnectionMultiplexer> Connection, long Since)> _replaced = [];
    private volatile RedisCause _cause = RedisCause.Unclear;
    private TimeSpan _wait;
    private long _dialledAt;
    private string? _elsewhere;
    private int _failures;
    private bool _isLost;
    private bool _isBroken;

    /// <value>
    /// Why Redis does not do what is needed, as of the last try; <see cref="RedisCause.None"/>: it does. With
    /// <see cref="RedisCause.TwoPrimaries"/> it does or not: that there is another primary is bad enough.
    /// </value>
    public RedisCause Cause => _cause == RedisCause.None && connection.Rivals is not null ? RedisCause.TwoPrimaries : _cause;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await GuardAsync(TryAsync, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(_replaced.Select(one => RedisConnection.DisposeAsync(one.Connection)));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
            {
                await GuardAsync(LookAsync, stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    /// <summary>Whatever one look comes to, the next one follows: without the watch the program would end.</summary>
    private async Task GuardAsync(Func<CancellationToken, Task> look, CancellationToken cancellationToken)
    {
        try
        {
            await look(cancellationToken);
            _isBroken = false;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            if (!_isBroken)
            {
                Log.Broken(logger, exception);
            }

            _isBroken = true;
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        await TryAsync(cancellationToken);
        if (time.GetElapsedTime(_dialledAt) >= (_cause == RedisCause.None ? FollowInterval : _wait) || await IsToldToMoveAsync(cancellationToken))
        {
            await (_cause == RedisCause.None ? FollowAsync(cancellationToken) : ReplaceAsync(cancellationToken));
        }

        await DisposeReplacedAsync();
    }

    private async Task<bool> IsToldToMoveAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await connection.IsElsewhereAsync().WaitAsync(Deadline, time, cancellationToken);
        }
        catch (Exception exception) when (RedisFailure.IsOne(exception))
        {
            return false;
        }
    }

    private async Task TryAsync(CancellationToken cancellationToken)
    {
        var cause = await FindCauseAsync(connection.GetDatabaseAsync, Deadline, cancellationToken);
        if (cause == RedisCause.None)
        {
            Recovered();
        }
        else if (cause is RedisCause.ReadOnly or RedisCause.NoPrimary)
        {
            connection.Distrust(cause);
        }

        _rivals.Compare();
        // What was found out at the door is more than what the client says each time.
        _cause = cause == RedisCause.Unclear && _isLost ? _cause : cause;
    }

    private async Task ReplaceAsync(CancellationToken cancellationToken)
    {
        var reason = _cause;
        _wait = _wait == TimeSpan.Zero ? Interval : TimeSpan.FromTicks(Math.Min(_wait.Ticks * 2, LongestWait.Ticks));
        var cause = await DialAsync(static _ => Task.FromResult(true), cancellationToken);
        if (cause == RedisCause.None)
        {
            Log.Replaced(logger, reason.Describe());
            _cause = RedisCause.None;
            Recovered();
            _rivals.Compare();
        }
        else
        {
            // What the connection in use says is the reason; the other one tells more where that says nothing.
            var isClearer = cause is not (null or RedisCause.Unclear) && (reason == RedisCause.Unclear
                || (reason is RedisCause.NoAnswer or RedisCause.NobodyListens or RedisCause.Unreachable && cause != RedisCause.TwoPrimaries));
            await LoseAsync(isClearer ? cause!.Value : reason, cancellationToken);
        }
    }

    /// <summary>
    /// Goes to the server that Sentinel names, or to which the address has led twice in a row: the one that is connected may be well, and know
    /// nothing of what is changed and decided there.
    /// </summary>
    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        _dialledAt = time.GetTimestamp();
        string? here = null;
        await FindCauseAsync(
            async token =>
            {
                var database = await connection.GetDatabaseAsync(token);
                here = await RedisIdentity.ReadAsync(database.Multiplexer);
                return database;
            },
            Deadline,
            cancellationToken);
        if (here is not null && await DialAsync(dialled => LeadsElsewhereAsync(here, dialled), cancellationToken) == RedisCause.None)
        {
            Log.Followed(logger);
        }

        _rivals.Compare();
    }

    private async Task<bool> LeadsElsewhereAsync(string here, ConnectionMultiplexer dialled)
    {
        var there = await RedisIdentity.ReadAsync(dialled);
        var before = _elsewhere;
        _elsewhere = here == there ? null : there;
        return _elsewhere is not null && (_elsewhere == before || connection.IsGuided);
    }

    /// <summary>Makes a connection to where the address leads now, and uses it from now on if it is wanted and does what is needed.</summary>
    /// <returns>What keeps it from being used; <c>null</c>: it is not wanted.</returns>
    private async Task<RedisCause?> DialAsync(Func<ConnectionMultiplexer, Task<bool>> isWanted, CancellationToken cancellationToken)
    {
        _dialledAt = time.GetTimestamp();
        var dialling = connection.DialAsync();
        var isUsed = false;
        try
        {
            var isWantedNow = false;
            var cause = await FindCauseAsync(
                async token =>
                {
                    var dialled = await dialling.WaitAsync(token);
                    isWantedNow = await isWanted(dialled);
                    return dialled.GetDatabase();
                },
                DialDeadline,
                cancellationToken);
            if (cause != RedisCause.None || !isWantedNow)
            {
                return cause == RedisCause.None ? null : cause;
            }

            isUsed = true;
            if (connection.Replace(await dialling) is { } old)
            {
                _replaced.Add((old, time.GetTimestamp()));
            }

            return RedisCause.None;
        }
        finally
        {
            if (!isUsed)
            {
                await RedisConnection.DisposeAsync(dialling);
            }
        }
    }

    private async Task<RedisCause> FindCauseAsync(
        Func<CancellationToken, ValueTask<IDatabase>> getDatabase, TimeSpan deadline, CancellationToken cancellationToken)
    {
        try
        {
            await CheckAsync(getDatabase, cancellationToken).WaitAsync(deadline, time, cancellationToken);
            return RedisCause.None;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Whatever it was: Redis did not do what is needed.
            return connection.CauseOf(exception);
        }
    }

    private async Task CheckAsync(Func<CancellationToken, ValueTask<IDatabase>> getDatabase, CancellationToken cancellationToken)
    {
        var database = await getDatabase(cancellationToken);
        await Task.WhenAll(_checks.Select(check => check.RunAsync(database)));
    }

    private async Task LoseAsync(RedisCause cause, CancellationToken cancellationToken)
    {
        _rivals.Compare();
        if (cause == RedisCause.TwoPrimaries)
        {
            // Said already.
            _cause = cause;
            return;
        }

        if (_isLost)
        {
            return;
        }

        cause = await connection.DiagnoseAsync(cause, cancellationToken);
        _failures++;
        if (cause == RedisCause.Unclear && _failures < Attempts)
        {
            return;
        }

        _isLost = true;
        _cause = cause;
        Log.Lost(logger, cause, cause.Describe());
    }

    private void Recovered()
    {
        (_wait, _failures) = (TimeSpan.Zero, 0);
        if (_isLost)
        {
            _isLost = false;
            Log.Back(logger);
        }
    }

    private async Task DisposeReplacedAsync()
    {
        while (_replaced.Count > 0 && time.GetElapsedTime(_replaced[0].Since) >= Farewell)
        {
            var old = _replaced[0].Connection;
            _replaced.RemoveAt(0);
            await RedisConnection.DisposeAsync(old);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, EventName = "RedisUnusable", Message = "Redis is of no use ({Cause}). {Remedy}")]
        public static partial void Lost(ILogger logger, RedisCause cause, string remedy);

        [LoggerMessage(Level = LogLevel.Information, EventName = "RedisUsable", Message = "Redis does again what it is asked")]
        public static partial void Back(ILogger logger);

        [LoggerMessage(Level = LogLevel.Warning, EventName = "RedisFollowed",
            Message = "The address of Redis leads to another server than before: the connection to the old one is replaced")]
        public static partial void Followed(ILogger logger);

        [LoggerMessage(Level = LogLevel.Warning, EventName = "RedisReplaced",
            Message = "The connection to Redis was of no use and is replaced by a new one. {Reason}")]
        public static partial void Replaced(ILogger logger, string reason);

        [LoggerMessage(Level = LogLevel.Error, EventName = "RedisWatchFailed",
            Message = "The watch over Redis failed, which is a fault of this program. It is tried again each second")]
        public static partial void Broken(ILogger logger, Exception exception);
    }
}
