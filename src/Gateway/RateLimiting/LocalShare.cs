using Eventicat.Accounts;
using Eventicat.Gateway.Requests;

namespace Eventicat.Gateway.RateLimiting;

/// <summary>
/// One account while Redis does not decide. It starts from what Redis said last: how many permits were in use, of all
/// gateways. Those granted to this gateway have their own times; the others' count as granted when Redis said so, which
/// is the latest they can have been. What is granted here is kept until Redis has it.
/// </summary>
/// <remarks>
/// Times are microseconds of Redis's clock, carried on by the monotonic one from the last reply. That is never ahead of
/// Redis, so nothing leaves the window too early.
/// </remarks>
internal sealed class LocalShare(bool keepsLog, TimeProvider time)
{
    private const long ClockSetBack = 1_000_000;

    private readonly Lock _gate = new();
    private readonly SlidingWindowLog _granted = new();
    private readonly LocalGrants _unsent = new();
    private RedisSlidingWindowScript.Reply? _last;
    private long _receivedAt = time.GetTimestamp();
    private int _here;
    private int _others;

    /// <summary>The largest limit under which anything was granted that Redis does not know of yet.</summary>
    private int _largest;

    /// <value>Whether something was granted here that Redis does not know of yet.</value>
    public bool HasUnsent
    {
        get
        {
            lock (_gate)
            {
                return !_unsent.IsEmpty;
            }
        }
    }

    /// <summary>Whether anything is known that still counts. Gives up memory that is not needed any more.</summary>
    public bool Counts(AccountLimit limit)
    {
        lock (_gate)
        {
            _unsent.DropUntil(Now() - Window(limit));
            _granted.DropUntil(Now() - Window(limit));
            _granted.TrimExcess();
            return _granted.Count > 0 || !_unsent.IsEmpty || CountOthers(limit) > 0;
        }
    }

    /// <summary>
    /// What the next call has to tell Redis, so many permits at most. Older ones than the limit's worth decide nothing:
    /// the largest limit's, since one that was lowered may be raised again.
    /// </summary>
    public LocalGrant[] TakeStock(AccountLimit limit, int most)
    {
        lock (_gate)
        {
            _largest = Math.Max(limit.Permits, _unsent.IsEmpty ? 0 : _largest);
            _unsent.KeepNewest(_largest);
            return _unsent.IsEmpty ? [] : _unsent.At(Now(), most);
        }
    }

    /// <summary>Redis answered a call that told it of <paramref name="sent"/>.</summary>
    public void Record(RedisSlidingWindowScript.Reply reply, AccountLimit limit, LocalGrant[] sent)
    {
        lock (_gate)
        {
            _unsent.Remove(sent);
            if (_last is null)
            {
                // Until now all times were of a clock of our own.
                var ahead = reply.Now - Now();
                _granted.Shift(ahead);
                _unsent.Shift(ahead);
            }
            else if (_granted.Count > 0 && reply.Now < _granted.Newest - ClockSetBack)
            {
                _granted.DropUntil(long.MaxValue);
            }

            (_last, _receivedAt, _here) = (reply, time.GetTimestamp(), 0);
            if (keepsLog)
            {
                _granted.DropUntil(reply.Now - Window(limit));
                _granted.Record(Stamp(reply.Now), reply.Granted);
            }

            _others = Math.Max(0, reply.InUse - _granted.Count);
        }
    }

    /// <summary>
    /// Redis did execute a call that had been given up, and granted something for requests that had been decided here
    /// meanwhile: that much of it Redis need not be told. What it granted beyond that is spent.
    /// </summary>
    public void RecordLate(RedisSlidingWindowScript.Reply reply, int grantedHere, LocalGrant[] sent)
    {
        lock (_gate)
        {
            _unsent.Remove(sent);
            _unsent.RemoveNewest(Math.Min(reply.Granted, grantedHere));
            _others += Math.Max(0, reply.Granted - grantedHere);
        }
    }

    /// <summary>Decides within this gateway's share, as if each other gateway granted as much as this one does.</summary>
    public SlidingWindowLease Acquire(int permits, AccountLimit limit, int replicas)
    {
        lock (_gate)
        {
            var now = Now();
            _granted.DropUntil(now - Window(limit));
            var free = CountFree(limit, replicas);
            var isGranted = permits <= free && (permits > 0 || free > 0);
            var missing = isGranted ? 1 : Math.Max(1, permits - free);
            if (isGranted && permits > 0)
            {
                Grant(now, permits, limit);
                free = CountFree(limit, replicas);
            }

            var reset = Until(free + 1, now, limit, replicas);
            return new SlidingWindowLease
            {
                Outcome = isGranted ? LeaseOutcome.Acquired : LeaseOutcome.Rejected,
                Status = new RateLimitStatus(
                    ShareOf(limit, replicas), limit.Window, free, time.GetUtcNow() + reset, missing == 1 ? reset : Until(free + missing, now, limit, replicas)),
            };
        }
    }

    /// <summary>Admits whatever the limit says.</summary>
    public void Admit(int permits, AccountLimit limit)
    {
        lock (_gate)
        {
            Keep(Now(), permits, limit);
        }
    }

    /// <summary>What the last decision by Redis left.</summary>
    public RateLimitStatus LastStatus(AccountLimit limit)
    {
        lock (_gate)
        {
            var now = Now();
            var inUse = _last is { } last && last.Now > now - Window(limit) ? last.InUse : 0;
            var wait = inUse == 0 ? TimeSpan.Zero : TimeSpan.FromMicroseconds(Math.Max(0, _last!.Value.ResetAt - now));
            return new RateLimitStatus(limit.Permits, limit.Window, Math.Max(0, limit.Permits - inUse), time.GetUtcNow() + wait, wait);
        }
    }

    private void Grant(long now, int permits, AccountLimit limit)
    {
        var stamp = Stamp(now);
        _granted.Record(stamp, permits);
        Keep(stamp, permits, limit);
        _here += permits;
    }

    private void Keep(long now, int permits, AccountLimit limit)
    {
        _largest = Math.Max(limit.Permits, _unsent.IsEmpty ? 0 : _largest);
        _unsent.Add(now, permits, Window(limit));
    }

    private int CountFree(AccountLimit limit, int replicas)
    {
        var left = ShareOf(limit, replicas) - _granted.Count;
        var leftOfAll = (limit.Permits - CountAll(limit, replicas) + replicas - 1) / replicas;
        return Math.Max(0, Math.Min(left, leftOfAll));
    }

    /// <summary>What all gateways have granted: by Redis's word, and since then each as much as this one.</summary>
    private int CountAll(AccountLimit limit, int replicas) => _granted.Count + CountOthers(limit) + ((replicas - 1) * CountHere());

    private int CountHere() => Math.Min(_here, _granted.Count);

    private int CountOthers(AccountLimit limit) => _last is { } last && last.Now > Now() - Window(limit) ? _others : 0;

    /// <summary>How long until so many permits are free at once.</summary>
    private TimeSpan Until(int free, long now, AccountLimit limit, int replicas)
    {
        var own = free - (ShareOf(limit, replicas) - _granted.Count) - 1;
        var leavesAt = own >= 0 && own < _granted.Count ? _granted[own] : long.MinValue;
        var all = CountAll(limit, replicas) + (replicas * (free - 1)) - limit.Permits;
        if (all >= 0)
        {
            leavesAt = Math.Max(leavesAt, StampOf(all, limit, replicas));
        }

        return TimeSpan.FromMicroseconds(Math.Max(0, (leavesAt == long.MinValue ? now : leavesAt + Window(limit)) - now));
    }

    /// <summary>Of all that count, in the order in which they leave: what Redis granted here, what it granted others, what was granted here.</summary>
    private long StampOf(int index, AccountLimit limit, int replicas)
    {
        var old = _granted.Count - CountHere();
        if (index < old)
        {
            return _granted[index];
        }

        var others = CountOthers(limit);
        var here = old + ((index - old - others) / replicas);
        return index < old + others ? _last!.Value.Now : here < _granted.Count ? _granted[here] : long.MinValue;
    }

    private long Now() => (_last?.Now ?? 0) + (time.GetElapsedTime(_receivedAt).Ticks / TimeSpan.TicksPerMicrosecond);

    private long Stamp(long now) => _granted.Count == 0 ? now : Math.Max(now, _granted.Newest);

    private static int ShareOf(AccountLimit limit, int replicas) => (int)((limit.Permits + (long)replicas - 1) / replicas);

    private static long Window(AccountLimit limit) => limit.Window.Ticks / TimeSpan.TicksPerMicrosecond;
}
