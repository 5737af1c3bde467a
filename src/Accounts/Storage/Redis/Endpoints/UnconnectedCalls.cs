using StackExchange.Redis;

namespace Eventicat.Accounts.Storage.Redis.Endpoints;

/// <summary>
/// Calls to one server that found no connection, or lost it without an answer. A lost connection is no more than the
/// beginning of a silence: the client makes another one at once, and they are sent again over that. What was carried out
/// all the same is carried out twice, which spends a permit and never grants one. Not thread-safe.
/// </summary>
internal sealed class UnconnectedCalls(TimeProvider time)
{
    /// <summary>What a new connection may take, over TLS and where processors are short, however short the deadline is.</summary>
    private static readonly TimeSpan ShortestPatience = TimeSpan.FromMilliseconds(250);

    private readonly List<(RedisCall Call, IDatabase Database, Exception Failure)> _calls = [];
    private long? _since;

    public bool IsEmpty => _calls.Count == 0;

    public void Add(RedisCall call, IDatabase database, Exception failure)
    {
        _since ??= time.GetTimestamp();
        _calls.Add((call, database, failure));
    }

    /// <summary>The server has answered: its next silence is another one.</summary>
    public void Answered() => _since = null;

    /// <summary>Whether they can be sent again, or have waited for too long.</summary>
    /// <returns>What is to be done then, outside of the lock; <c>null</c>: they wait on.</returns>
    public Action? Take(TimeSpan deadline)
    {
        _calls.RemoveAll(static one => !one.Call.IsInFlight);
        if (_calls.Count == 0)
        {
            return null;
        }

        var isOver = time.GetElapsedTime(_since ?? 0) >= (deadline > ShortestPatience ? deadline : ShortestPatience);
        var (first, database, _) = _calls[0];
        if (!isOver && !database.IsConnected(first.Key, CommandFlags.DemandMaster))
        {
            return null;
        }

        var taken = _calls.ToList();
        _calls.Clear();
        _since = isOver ? null : _since;
        return isOver
            ? () => taken.ForEach(static one => one.Call.Fail(one.Failure))
            : () => taken.ForEach(static one => one.Call.Send(one.Database));
    }
}
