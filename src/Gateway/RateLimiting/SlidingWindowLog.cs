using System.Runtime.InteropServices;

namespace Eventicat.Gateway.RateLimiting;

/// <summary>
/// The times at which permits were granted, oldest first, in a ring that grows up to what one window can hold. Exact:
/// a permit counts for the window that ends now if it was granted less than a window ago. Not thread-safe.
/// </summary>
internal sealed class SlidingWindowLog
{
    private const int InitialCapacity = 8;

    private long[] _ring = new long[InitialCapacity];
    private int _head;
    private int _count;

    public int Count => _count;

    /// <value>When the last of them was granted; there must be one.</value>
    public long Newest => At(_count - 1);

    /// <value>When each of them was granted, oldest first.</value>
    public long this[int index] => At(index);

    /// <summary>Grants all of <paramref name="requested"/> or nothing.</summary>
    /// <param name="now">Ticks of 100 ns of a clock that never goes back.</param>
    /// <param name="requested">0 asks without taking.</param>
    /// <param name="permits">The most that may have been granted in one window.</param>
    /// <param name="window">Ticks of 100 ns.</param>
    public SlidingWindowDecision Acquire(long now, int requested, int permits, long window)
    {
        DropUntil(now - window);
        var isGranted = requested <= permits - _count && (requested > 0 || _count < permits);
        if (isGranted)
        {
            Record(now, requested);
        }

        return new SlidingWindowDecision(
            isGranted,
            Remaining: Math.Max(0, permits - _count),
            ResetIn: UntilLeaves(Math.Max(0, _count - permits), now, window),
            RetryIn: isGranted ? 0 : UntilLeaves(_count + Math.Max(1, requested) - permits - 1, now, window));
    }

    /// <summary>How many permits count now, and how long until one more is free; changes nothing.</summary>
    public (int Used, long ResetIn) Peek(long now, int permits, long window)
    {
        var (expired, live) = (-1, _count);
        while (live - expired > 1)
        {
            var middle = (expired + live) / 2;
            (expired, live) = At(middle) <= now - window ? (middle, live) : (expired, middle);
        }

        var used = _count - live;
        return (used, UntilLeaves(live + Math.Max(0, used - permits), now, window));
    }

    /// <summary>Counts permits that were granted elsewhere.</summary>
    public void Record(long now, int permits)
    {
        Reserve(_count + permits);
        for (var i = 0; i < permits; i++)
        {
            _ring[(_head + _count++) % _ring.Length] = now;
        }
    }

    /// <summary>Forgets what was granted at or before this time.</summary>
    public void DropUntil(long time)
    {
        while (_count > 0 && _ring[_head] <= time)
        {
            _head = (_head + 1) % _ring.Length;
            _count--;
        }
    }

    /// <summary>Moves all times by as much.</summary>
    public void Shift(long by)
    {
        for (var i = 0; i < _count; i++)
        {
            _ring[(_head + i) % _ring.Length] += by;
        }
    }

    /// <summary>Gives up memory that a busier time needed.</summary>
    public void TrimExcess()
    {
        if (_ring.Length > InitialCapacity && _count < _ring.Length / 4)
        {
            Resize(Math.Max(InitialCapacity, 2 * _count));
        }
    }

    private long UntilLeaves(int index, long now, long window) =>
        index < _count ? At(index) + window - now : 0;

    private long At(int index) => _ring[(_head + index) % _ring.Length];

    private void Reserve(int capacity)
    {
        if (capacity > _ring.Length)
        {
            Resize(Math.Max(capacity, 2 * _ring.Length));
        }
    }

    private void Resize(int capacity)
    {
        var resized = new long[capacity];
        var first = Math.Min(_count, _ring.Length - _head);
        Array.Copy(_ring, _head, resized, 0, first);
        Array.Copy(_ring, 0, resized, first, _count - first);
        (_ring, _head) = (resized, 0);
    }
}

/// <param name="IsGranted">Whether all requested permits were granted.</param>
/// <param name="Remaining">Permits left.</param>
/// <param name="ResetIn">Ticks until one more permit is free than now; 0 when none is in use.</param>
/// <param name="RetryIn">Ticks until the same request would be granted; 0 when it was.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SlidingWindowDecision(bool IsGranted, int Remaining, long ResetIn, long RetryIn);
