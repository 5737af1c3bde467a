namespace Eventicat.Gateway.Usage.Counting;

/// <summary>Counts the requests of one key, by any number of threads at once.</summary>
internal sealed class KeyCounter
{
    private UsageCounts _counts;
    private long _lastUse;

    /// <param name="outcome">How the request ended.</param>
    /// <param name="inUrl">Whether the key came in the URL.</param>
    /// <param name="now">Unix seconds.</param>
    public void Count(UsageOutcome outcome, bool inUrl, long now)
    {
        Interlocked.Increment(ref _counts[(int)outcome]);
        if (inUrl)
        {
            Interlocked.Increment(ref _counts[UsageCounts.UrlKeysIndex]);
        }

        Volatile.Write(ref _lastUse, now);
    }

    /// <summary>Counts what was taken from another counter.</summary>
    public void Add(in UsageCounts counts, long lastUse)
    {
        for (var i = 0; i < UsageCounts.Length; i++)
        {
            Interlocked.Add(ref _counts[i], counts[i]);
        }

        Volatile.Write(ref _lastUse, Math.Max(lastUse, Volatile.Read(ref _lastUse)));
    }

    /// <summary>What was counted since the last call; no count is ever taken twice or lost between two calls.</summary>
    public UsageCounts Take(out long lastUse)
    {
        lastUse = Volatile.Read(ref _lastUse);
        var taken = default(UsageCounts);
        for (var i = 0; i < UsageCounts.Length; i++)
        {
            taken[i] = Interlocked.Exchange(ref _counts[i], 0);
        }

        return taken;
    }
}
