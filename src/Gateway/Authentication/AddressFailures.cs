namespace Eventicat.Gateway.Authentication;

/// <summary>
/// The failed attempts of one address. Past the limit it stays there until a whole minute had no more attempts than the
/// limit, refused ones included, so that a flood that goes on is not let through anew each minute.
/// </summary>
internal sealed class AddressFailures(int limit, TimeProvider time)
{
    private const int LookupsPerSecond = 10;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LookupInterval = TimeSpan.FromSeconds(1) / LookupsPerSecond;

    private readonly Lock _gate = new();
    private readonly long _origin = time.GetTimestamp();
    private TimeSpan _windowStart;
    private TimeSpan _nextLookup;
    private int _count;
    private bool _wasPastLimit;
    private bool _told;

    /// <param name="isFirst">Whether this attempt took the address past the limit.</param>
    /// <returns>Whether the address is past its limit.</returns>
    public bool Count(out bool isFirst)
    {
        lock (_gate)
        {
            StartWindow(time.GetElapsedTime(_origin));
            _count += _count < int.MaxValue ? 1 : 0;
            var isPastLimit = _wasPastLimit || _count > limit;
            isFirst = isPastLimit && !_told;
            _told = isPastLimit;
            return isPastLimit;
        }
    }

    /// <summary>The attempt succeeded, or nobody could say.</summary>
    public void TakeBack()
    {
        lock (_gate)
        {
            _count -= _count > 0 ? 1 : 0;
        }
    }

    /// <summary>Past the limit: whether the store may be asked for one more key.</summary>
    public bool TakeLookup()
    {
        lock (_gate)
        {
            var now = time.GetElapsedTime(_origin);
            var next = _nextLookup > now ? _nextLookup : now;
            if (next - now > LookupInterval * (LookupsPerSecond - 1))
            {
                return false;
            }

            _nextLookup = next + LookupInterval;
            return true;
        }
    }

    private void StartWindow(TimeSpan now)
    {
        var passed = now - _windowStart;
        if (passed < Window)
        {
            return;
        }

        _wasPastLimit = _count > limit && passed < 2 * Window;
        _windowStart = passed < 2 * Window ? _windowStart + Window : now;
        _count = 0;
    }
}
