namespace Eventicat.Accounts.Storage.Redis.Endpoints;

/// <summary>
/// Measures how long a server that was asked has said nothing. Only looks that came on time count: one that is late
/// proves that this process was kept from running, and whatever else runs on this machine, Redis perhaps, as well.
/// So who is short of processor time waits. Not without end: many looks make a silence too, however late they came.
/// </summary>
internal sealed class RedisSilence
{
    /// <summary>How many deadlines' worth of looks are a silence when they never come on time for one deadline.</summary>
    private const int Patience = 10;

    private long _read;
    private bool _isSilent;
    private TimeSpan _onTime;
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

        if (!_isSilent)
        {
            (_isSilent, Since, _onTime, _all) = (true, now, TimeSpan.Zero, TimeSpan.Zero);
            return false;
        }

        _onTime = elapsed <= 2 * interval ? _onTime + elapsed : TimeSpan.Zero;
        _all += elapsed < interval ? elapsed : interval;
        return _onTime >= deadline || _all >= Patience * deadline;
    }
}
