using System.Net;
using StackExchange.Redis;

namespace Eventicat.Redis.Endpoints;

/// <summary>
/// One server of Redis: the calls in flight to it, and whether it decides. It is away as soon as one call shows it, when
/// there has been no connection for a moment, or
/// when the line that a call went over has been silent for the deadline, whatever comes on others. It is back when it has answered several times in a row, the
/// more times the sooner it was lost again: a real outage is one change there and one back.
/// </summary>
public sealed class RedisEndpoint
{
    private const int FewestAnswers = 3;
    private const int MostAnswers = 96;

    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(30);

    private readonly RedisEndpoints _owner;
    private readonly Lock _gate = new();

    /// <summary>Those with calls in flight, since the last look at least.</summary>
    private readonly List<RedisLine> _lines = [];

    /// <summary>For calls of a client that has no connection to watch. It gives them up itself.</summary>
    private readonly RedisLine _nowhere;

    private readonly UnconnectedCalls _unconnected;
    private volatile RedisEndpointState _state;
    private int _answersNeeded = FewestAnswers;
    private int _answers;
    private RedisKey _lostKey;
    private Task? _trying;

    internal RedisEndpoint(RedisEndpoints owner, EndPoint? address)
    {
        _owner = owner;
        _nowhere = new RedisLine(owner.Pressure.Read);
        _unconnected = new UnconnectedCalls(owner.Pressure.Read);
        Address = address;
        _state = new RedisEndpointState(RedisAbsence.None, "", Since: 0, SilentSince: null);
    }

    /// <value>As the client knows it; <c>null</c>: it could not say which server has a key.</value>
    public EndPoint? Address { get; }

    public RedisEndpointState State => _state;

    public bool IsAway => _state.IsAway;

    internal async Task<T> CallAsync<T>(RedisCall<T> call, IDatabase database)
    {
        lock (_gate)
        {
            if (!IsServed(call))
            {
                throw new RedisAwayException(_state);
            }

            Enter(call, database);
        }

        call.KeepUnconnected = (unconnected, failure) => Keep(unconnected, database, failure);
        try
        {
            call.Send(database);
            return await call.Completion;
        }
        catch (Exception exception) when (exception is not RedisAwayException && RedisVerdict.Of(exception, out var detail) is var absence and not RedisAbsence.None)
        {
            Lose(absence, detail, silentSince: null, call.Key);
            throw;
        }
        finally
        {
            Leave(call);
        }
    }

    /// <summary>One look of the sweep at the calls in flight.</summary>
    internal void Look(TimeSpan elapsed, TimeSpan interval, TimeSpan deadline)
    {
        RedisLine? silent = null;
        RedisCall? unanswered = null;
        Action? goOn;
        lock (_gate)
        {
            if (_lines.Count == 0)
            {
                return;
            }

            var now = _owner.Time.GetTimestamp();
            foreach (var line in _lines)
            {
                // Each of them: what a line counts is the time from look to look.
                if (line.Look(now, elapsed, interval, deadline))
                {
                    (silent, unanswered) = (line, line.InFlight.First!.Value);
                }
            }

            _lines.RemoveAll(static line => line.InFlight.Count == 0);
            goOn = _unconnected.IsEmpty ? null : _unconnected.Look(now, elapsed, interval, deadline);
        }

        if (goOn is not null)
        {
            // Not here, as there may be many: the sweep has to be on time.
            ThreadPool.UnsafeQueueUserWorkItem(static goOn => goOn(), goOn, preferLocal: false);
        }

        if (silent is not null)
        {
            Lose(RedisAbsence.Silent, "no answer", silent.SilentSince, unanswered!.Key);
        }
    }

    /// <summary>While it is away, it is asked again and again whether it decides, by one call at a time.</summary>
    internal void TryAgain()
    {
        if (_state.IsAway && _trying is not { IsCompleted: false })
        {
            _trying = TryAsync();
        }
    }

    /// <summary>The try under way, if any, comes to nothing; the next one is as near as ever.</summary>
    internal void GiveUpTry()
    {
        RedisCall[] tries;
        lock (_gate)
        {
            tries = [.. _lines.SelectMany(static line => line.InFlight).Where(static call => call is Try)];
        }

        Array.ForEach(tries, call => call.GiveUp(_state));
    }

    /// <summary>It is away, or away for another reason than before: what is known last counts.</summary>
    internal void Lose(RedisAbsence absence, string detail, long? silentSince, RedisKey key)
    {
        List<RedisCall> given;
        RedisEndpointState state;
        lock (_gate)
        {
            _answers = 0;
            if (_state.Absence == absence)
            {
                return;
            }

            var since = _state.Since;
            if (!_state.IsAway)
            {
                var before = since;
                since = _owner.Time.GetTimestamp();
                var isRelapse = before != 0 && _owner.Time.GetElapsedTime(before, since) < Settled;
                _answersNeeded = isRelapse ? Math.Min(2 * _answersNeeded, MostAnswers) : FewestAnswers;
                _lostKey = key;
            }

            _state = state = new RedisEndpointState(absence, detail, since, silentSince);
            given = [.. _lines.SelectMany(static line => line.InFlight).Where(call => !IsServed(call))];
            given.ForEach(Remove);
        }

        given.ForEach(call => call.GiveUp(state));
        _owner.Notify(this, state);
    }

    private async Task TryAsync()
    {
        var call = new Try(_lostKey, _owner);
        try
        {
            var database = await _owner.GetDatabaseAsync();
            lock (_gate)
            {
                Enter(call, database);
            }

            call.Send(database);
            Answered(await call.Completion);
        }
        catch (RedisAwayException)
        {
            // Given up, for a reason that is known.
        }
        catch (Exception exception) when (RedisFailure.IsOne(exception))
        {
            var absence = (RedisVerdict.Of(exception, out var detail), exception) switch
            {
                (not RedisAbsence.None and var known, _) => known,
                // Whatever the answer says, it is one.
                (_, RedisServerException) => RedisAbsence.Refusing,
                _ => _state.Absence,
            };
            Lose(absence, detail, silentSince: null, call.Key);
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
        finally
        {
            Leave(call);
        }
    }

    private void Answered(RedisEndpoint by)
    {
        RedisEndpointState state;
        lock (_gate)
        {
            // Another server may have taken over what this one had.
            _answers = by == this ? _answers + 1 : _answersNeeded;
            var isBack = _answers >= _answersNeeded;
            if (!isBack && _state.Absence == RedisAbsence.Returning)
            {
                return;
            }

            _state = state = isBack
                ? new RedisEndpointState(RedisAbsence.None, "", _owner.Time.GetTimestamp(), SilentSince: null)
                : _state with { Absence = RedisAbsence.Returning, SilentSince = null };
        }

        _owner.Notify(this, state);
    }

    private bool IsServed(RedisCall call) => !_state.IsAway || (call.IsQuestion && _state.Answers);

    private bool Keep(RedisCall call, IDatabase database, Exception failure)
    {
        lock (_gate)
        {
            var isKept = !_state.IsAway && call.IsInFlight;
            if (isKept)
            {
                _unconnected.Add(call, database, failure);
            }

            return isKept;
        }
    }

    private void Enter(RedisCall call, IDatabase database)
    {
        var line = _owner.LineOf(database, Address) ?? _nowhere;
        call.WrittenBefore = line.Written;
        call.Node = line.InFlight.AddLast(call);
        if (!_lines.Contains(line))
        {
            _lines.Add(line);
        }
    }

    private void Leave(RedisCall call)
    {
        lock (_gate)
        {
            Remove(call);
            if (call.IsAnswered)
            {
                _unconnected.Answered();
            }
        }
    }

    private static void Remove(RedisCall call)
    {
        if (call.Node is { List: { } calls } node)
        {
            calls.Remove(node);
        }
    }

    /// <summary>Whether a server decides again. In flight like any other call: the server may fall silent instead.</summary>
    private sealed class Try(RedisKey key, RedisEndpoints owner) : RedisCall<RedisEndpoint>(key)
    {
        internal override bool IsQuestion => true;

        protected override async Task<RedisEndpoint> SendAsync(IDatabase database)
        {
            await owner.Ask(database, Key);
            return owner.Of(database, Key);
        }
    }
}
