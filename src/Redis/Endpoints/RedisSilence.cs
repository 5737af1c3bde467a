namespace Eventicat.Redis.Endpoints;

/// <summary>
/// Measures how long a server that was asked has said nothing. Time counts only as far as silence can mean that: not
/// while something on this machine had to wait for a processor, which may have been Redis, and not up to a look that
/// came late, which proves that this process had to. So who is short of processor time waits. Not without end: many
/// looks make a silence too, whatever came between them.
/// </summary>
/// <param name="readPressure">For how long, all in all, something had to wait for a processor.</param>
internal sealed class RedisSilence(Func<TimeSpan> readPressure)
{
    /// <summary>How many deadlines' worth of looks are a silence where the time between them never counts.</summary>
    private const int Patience = 20;

    /// <summary>How much they are at most, unless two deadlines are more.</summary>
    private static readonly TimeSpan LongestPatience = TimeSpan.FromSeconds(2);

    private long _read;
    private bool _isSilent;
    private TimeSpan _pressure;
    private TimeSpan _counted;
    private TimeSpan _all;

    /// <value>When the silence began that lasts, or that was the last one.</value>
    public long Since { get; private set; }

    /// <param name="isWaiting">Whether bytes of a call were written, and nothing that came in is unread.</param>
    /// <param name="read">Bytes read up to now.</param>
    /// <param name="now">A timestamp.</param>
    /// <param name="elapsed">Since the look before.</param>
    /// <param name="interval">How far apart looks should be.</param>
    /// <param name="deadline">How much silence is too much.</param>
    /// <returns>Whether the silence has lasted for the deadline.</returns>
    public bool Look(bool isWaiting, long read, long now, TimeSpan elapsed, TimeSpan interval, TimeSpan deadline)
    {
        if (!isWaiting || read != _read)
        {
            (_read, _isSilent) = (read, false);
            return false;
        }

        var pressure = readPressure();
        if (!_isSilent)
        {
            (_isSilent, Since, _pressure, _counted, _all) = (true, now, pressure, TimeSpan.Zero, TimeSpan.Zero);
            return false;
        }

        var free = elapsed - (pressure - _pressure);
        _pressure = pressure;
        _counted = elapsed > 2 * interval ? TimeSpan.Zero : _counted + (free > TimeSpan.Zero ? free : TimeSpan.Zero);
        _all += elapsed < interval ? elapsed : interval;
        return _counted >= deadline || _all >= PatienceFor(deadline);
    }

    private static TimeSpan PatienceFor(TimeSpan deadline) =>
        TimeSpan.FromTicks(Math.Min(Patience * deadline.Ticks, Math.Max(2 * deadline.Ticks, LongestPatience.Ticks)));
}
