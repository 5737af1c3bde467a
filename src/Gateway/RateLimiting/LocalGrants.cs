using System.Runtime.InteropServices;

namespace Eventicat.Gateway.RateLimiting;

/// <summary>
/// What was granted here and Redis does not know of yet, in at most some 64 entries however much it is: grants soon
/// after one another count as granted when the last of them was, which is late rather than early. Not thread-safe.
/// </summary>
internal sealed class LocalGrants
{
    private const int EntriesPerWindow = 64;

    private readonly List<Entry> _entries = [];
    private int _lastId;

    public bool IsEmpty => _entries.Count == 0;

    /// <param name="now">Of a clock that never goes back, in microseconds.</param>
    /// <param name="permits">How many.</param>
    /// <param name="window">How long they count, in microseconds.</param>
    public void Add(long now, int permits, long window)
    {
        DropUntil(now - window);
        if (_entries is [.., var last] && now - last.FirstAt < window / EntriesPerWindow)
        {
            (last.At, last.Permits) = (now, last.Permits + permits);
        }
        else
        {
            _entries.Add(new Entry(++_lastId, now) { At = now, Permits = permits });
        }
    }

    /// <summary>Forgets what was granted at or before this time.</summary>
    public void DropUntil(long time) => _entries.RemoveAll(entry => entry.At <= time);

    /// <returns>Oldest first, until so many permits are together.</returns>
    public LocalGrant[] At(long now, int most)
    {
        var grants = new List<LocalGrant>();
        foreach (var entry in _entries.TakeWhile(_ => most > 0))
        {
            var permits = Math.Min(entry.Permits, most);
            grants.Add(new LocalGrant(entry.Id, permits, Math.Max(0, now - entry.At)));
            most -= permits;
        }

        return [.. grants];
    }

    /// <summary>Forgets the oldest, beyond so many permits.</summary>
    public void KeepNewest(int permits)
    {
        for (var i = _entries.Count - 1; i >= 0; i--)
        {
            _entries[i].Permits = Math.Min(_entries[i].Permits, permits);
            permits -= _entries[i].Permits;
        }

        _entries.RemoveAll(static entry => entry.Permits <= 0);
    }

    /// <summary>Redis has these. What was added to them since stays.</summary>
    public void Remove(LocalGrant[] sent)
    {
        foreach (var grant in sent)
        {
            if (_entries.Find(entry => entry.Id == grant.Id) is { } entry)
            {
                entry.Permits -= grant.Permits;
            }
        }

        _entries.RemoveAll(static entry => entry.Permits <= 0);
    }

    /// <summary>Redis has so many of the newest.</summary>
    public void RemoveNewest(int permits)
    {
        for (var i = _entries.Count - 1; i >= 0 && permits > 0; i--)
        {
            var removed = Math.Min(permits, _entries[i].Permits);
            _entries[i].Permits -= removed;
            permits -= removed;
        }

        _entries.RemoveAll(static entry => entry.Permits <= 0);
    }

    /// <summary>Moves all times.</summary>
    public void Shift(long by)
    {
        for (var i = 0; i < _entries.Count; i++)
        {
            var entry = _entries[i];
            _entries[i] = new Entry(entry.Id, entry.FirstAt + by) { At = entry.At + by, Permits = entry.Permits };
        }
    }

    private sealed class Entry(int id, long firstAt)
    {
        public int Id => id;

        public long FirstAt => firstAt;

        public long At { get; set; }

        public int Permits { get; set; }
    }
}

/// <param name="Id">Tells it apart from the others of its account.</param>
/// <param name="Permits">How many were granted.</param>
/// <param name="Age">How long ago, in microseconds.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LocalGrant(int Id, int Permits, long Age);
