using System.Net;
using StackExchange.Redis;

namespace Eventicat.Accounts.Storage.Redis.Endpoints;

/// <summary>
/// One server of Redis: the calls in flight to it, and whether it decides. It is away as soon as one call shows it, or
/// when its connections have been silent for the deadline. It is back when it has answered several times in a row, the
/// more times the sooner it was lost again: a real outage is one change there and one back.
/// </summary>
public sealed class RedisEndpoint
{
    private const int FewestAnswers = 3;
    private const int MostAnswers = 96;

    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(30);

    private readonly RedisEndpoints _owner;
    private readonly Lock _gate = new();
    private readonly LinkedList<RedisCall> _inFlight = new();
    private readonly RedisSilence _silence;
    private volatile RedisLine[] _lines = [];
    private long _closedWritten;
    private long _closedRead;
    private volatile RedisEndpointState _state;
    private int _answersNeeded = FewestAnswers;
    private int _answers;
    private RedisKey _lostKey;
    private Task? _trying;

    internal RedisEndpoint(RedisEndpoints owner, EndPoint? address)
    {
        _owner = owner;
        _silence = new RedisSilence(owner.Pressure.Read);
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

            Enter(call);
        }

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

    internal void Add(RedisLine line)
    {
        lock (_gate)
        {
            _lines = [.. _lines, line];
        }
    }

    internal void Remove(RedisLine line)
    {
        lock (_gate)
        {
            // Sums never fall: a call in flight compares with what was written before it.
            _closedWritten += line.Written;
            _closedRead += line.Read;
            _lines = [.. _lines.Where(other => other != line)];
        }
    }

    /// <summary>One look of the sweep at the calls in flight.</summary>
    internal void Look(TimeSpan elapsed, TimeSpan interval, TimeSpan deadline)
    {
        RedisCall? unanswered;
        lock (_gate)
        {
            unanswered = _inFlight.First?.Value;
            var isWaiting = unanswered is not null && CountWritten() > unanswered.WrittenBefore && !Array.Exists(_lines, static line => line.HasUnread);
            if (!_silence.Look(isWaiting, CountRead(), _owner.Time.GetTimestamp(), elapsed, interval, deadline))
            {
                return;
            }
        }

        Lose(RedisAbsence.Silent, "no answer", _silence.Since, unanswered!.Key);
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
            tries = [.. _inFlight.Where(static call => call is Try)];
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
            given = [.. _inFlight.Where(call => !IsServed(call))];
            given.ForEach(call => _inFlight.Remove(call.Node!));
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
                Enter(call);
            }

            call.Send(database);
            Answered(await call.Completion);
        }
        catch (RedisAwayException)
        {
            // Given up, for a reason that is known.
        }
        catch (Exception exception) when (RedisVerdict.IsOne(exception))
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

    private void Enter(RedisCall call)
    {
        call.WrittenBefore = CountWritten();
        call.Node = _inFlight.AddLast(call);
    }

    private void Leave(RedisCall call)
    {
        lock (_gate)
        {
            if (call.Node is { List: not null } node)
            {
                _inFlight.Remove(node);
            }
        }
    }

    private long CountWritten()
    {
        var written = _closedWritten;
        foreach (var line in _lines)
        {
            written += line.Written;
        }

        return written;
    }

    private long CountRead()
    {
        var read = _closedRead;
        foreach (var line in _lines)
        {
            read += line.Read;
        }

        return read;
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
