using StackExchange.Redis;

namespace Eventicat.Redis.Endpoints;

/// <summary>
/// Calls to one server that found no connection, or lost it without an answer. A lost connection is no more than the
/// beginning of a silence, measured like any other: the client makes another one at once, and they are sent again over
/// that. What was carried out all the same is carried out twice, which spends a permit and never grants one. Not
/// thread-safe.
/// </summary>
internal sealed class UnconnectedCalls(Func<TimeSpan> readPressure)
{
    /// <summary>What a new connection may take, over TLS, however short the deadline is.</summary>
    private static readonly TimeSpan ShortestPatience = TimeSpan.FromMilliseconds(250);

    private readonly RedisSilence _silence = new(readPressure);
    private readonly List<(RedisCall Call, IDatabase Database, Exception Failure)> _calls = [];

    /// <summary>Whatever ended a silence, counted: a later one begins anew.</summary>
    private long _ends;

    public bool IsEmpty => _calls.Count == 0;

    public void Add(RedisCall call, IDatabase database, Exception failure) => _calls.Add((call, database, failure));

    /// <summary>The server has answered another call.</summary>
    public void Answered() => _ends++;

    /// <summary>One look of the sweep: whether they can be sent again, or have waited for too long.</summary>
    /// <returns>What is to be done then, outside of the lock; <c>null</c>: they wait on.</returns>
    /// <inheritdoc cref="RedisSilence.Look"/>
    public Action? Look(long now, TimeSpan elapsed, TimeSpan interval, TimeSpan deadline)
    {
        _calls.RemoveAll(static one => !one.Call.IsInFlight);
        if (_calls.Count == 0)
        {
            _ends++;
            return null;
        }

        var isOver = _silence.Look(isWaiting: true, _ends, now, elapsed, interval, deadline > ShortestPatience ? deadline : ShortestPatience);
        var (first, database, _) = _calls[0];
        if (!isOver && !database.IsConnected(first.Key, CommandFlags.DemandMaster))
        {
            return null;
        }

        var taken = _calls.ToList();
        _calls.Clear();
        if (!isOver)
        {
            return () => taken.ForEach(static one => one.Call.Send(one.Database));
        }

        _ends++;
        return () => taken.ForEach(static one => one.Call.Fail(one.Failure));
    }
}
