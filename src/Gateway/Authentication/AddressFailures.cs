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
    private TaskCompletionSource _decided = NewSignal();
    private int _count;
    private int _open;
    private bool _wasPastLimit;
    private bool _told;

    /// <summary>
    /// Begins an attempt whose outcome is open. As many may be open as could fail within the limit; further ones wait
    /// until it is known how those ended, since a burst of good keys is no failure.
    /// </summary>
    /// <returns>Whether the address is past its limit: the attempt has failed. Otherwise the caller owes <see cref="End"/>.</returns>
    public async ValueTask<bool> BeginAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task decided;
            lock (_gate)
            {
                if (IsPastLimit())
                {
                    return true;
                }

                if (_count + _open < limit)
                {
                    _open++;
                    return false;
                }

                decided = _decided.Task;
            }

            await decided.WaitAsync(cancellationToken);
        }
    }

    /// <param name="isFailure">Whether the key was not usable; where nobody could say, it was no failure.</param>
    public void End(bool isFailure)
    {
        TaskCompletionSource decided;
        lock (_gate)
        {
            _open--;
            _count += isFailure ? 1 : 0;
            if (isFailure && _open > 0 && _count < limit)
            {
                // Nobody else may begin for that.
                return;
            }

            (decided, _decided) = (_decided, NewSignal());
        }

        decided.TrySetResult();
    }

    /// <summary>Counts an attempt that has failed.</summary>
    /// <param name="isFirst">Whether it took the address past the limit.</param>
    /// <returns>Whether the address is past its limit.</returns>
    public bool Fail(out bool isFirst)
    {
        lock (_gate)
        {
            var isPastLimit = IsPastLimit();
            _count += _count < int.MaxValue ? 1 : 0;
            isFirst = isPastLimit && !_told;
            _told = isPastLimit;
            return isPastLimit;
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

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool IsPastLimit()
    {
        StartWindow(time.GetElapsedTime(_origin));
        return _wasPastLimit || _count >= limit;
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
