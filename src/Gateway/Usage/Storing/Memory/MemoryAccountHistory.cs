using Eventicat.Accounts;
using Eventicat.Gateway.Usage.Counting;

namespace Eventicat.Gateway.Usage.Storing.Memory;

/// <summary>One account's past in memory. Holds only minutes and hours in which something happened. Not thread-safe.</summary>
internal sealed class MemoryAccountHistory(AccountId account)
{
    /// <summary>Keys come and go; an account hardly has more than this in use.</summary>
    private const int MaxKeys = 1000;

    private readonly SortedList<long, UsageCounts> _minutes = [];
    private readonly SortedList<long, UsageCounts> _hours = [];
    private readonly Dictionary<KeyId, long> _keyUses = [];

    public AccountId Account => account;

    public IReadOnlyDictionary<KeyId, long> KeyUses => _keyUses;

    public long LastUrlKey { get; private set; }

    public void Add(AccountUsage usage)
    {
        Add(_minutes, usage.Minute, UsageSpan.Minutes, usage.Counts);
        Add(_hours, usage.Minute / 60, UsageSpan.Hours, usage.Counts);
        LastUrlKey = Math.Max(LastUrlKey, usage.LastUrlKey);
        foreach (var (key, lastUse) in usage.KeyUses)
        {
            _keyUses[key] = Math.Max(lastUse, _keyUses.GetValueOrDefault(key));
            if (_keyUses.Count > MaxKeys)
            {
                _keyUses.Remove(_keyUses.MinBy(other => other.Value).Key);
            }
        }
    }

    /// <param name="now">Minutes since the Unix epoch.</param>
    public UsageHistory Read(long now) => new(
        Read(_minutes, now, UsageSpan.Minutes, 60), Read(_hours, now / 60, UsageSpan.Hours, 3600), new Dictionary<KeyId, long>(_keyUses));

    /// <param name="now">Minutes since the Unix epoch.</param>
    public UrlKeyUse ReadUrlKeys(long now) => new(
        account, LastUrlKey, _hours.Where(hour => hour.Key > (now / 60) - UsageSpan.Hours).Sum(hour => (long)hour.Value.UrlKeys));

    private static void Add(SortedList<long, UsageCounts> buckets, long at, int span, in UsageCounts counts)
    {
        var sum = buckets.GetValueOrDefault(at);
        sum.Add(counts);
        buckets[at] = sum;
        while (buckets.Count > 0 && buckets.Keys[0] <= at - span)
        {
            buckets.RemoveAt(0);
        }
    }

    private static List<UsageBucket> Read(SortedList<long, UsageCounts> buckets, long now, int span, int seconds) =>
        [.. buckets.Where(bucket => bucket.Key > now - span).Select(bucket => new UsageBucket(bucket.Key * seconds, bucket.Value))];
}
