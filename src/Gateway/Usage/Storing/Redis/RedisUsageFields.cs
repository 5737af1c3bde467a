using System.Globalization;
using Eventicat.Gateway.Usage.Counting;
using StackExchange.Redis;

namespace Eventicat.Gateway.Usage.Storing.Redis;

/// <summary>The fields of the hashes of counts: which part of the hour or day, and what is counted.</summary>
internal static class RedisUsageFields
{
    private const string UrlKeysName = "urlkeys";

    /// <value>In the order of <see cref="UsageCounts"/>.</value>
    public static readonly string[] Names = [.. UsageOutcomes.Names, UrlKeysName];

    /// <value>The counts of keys in URLs of each hour of a day.</value>
    public static readonly RedisValue[] UrlKeysOfDay =
        [.. Enumerable.Range(0, 24).Select(hour => (RedisValue)$"{Part(hour)}:{UrlKeysName}")];

    public static string Part(long number) => number.ToString("00", CultureInfo.InvariantCulture);

    /// <summary>The counts of one hash by part. What a later version may have added is passed over.</summary>
    public static SortedDictionary<int, UsageCounts> Read(HashEntry[] entries)
    {
        var parts = new SortedDictionary<int, UsageCounts>();
        foreach (var entry in entries)
        {
            var field = ((string)entry.Name!).Split(':', 2);
            if (field.Length == 2 && int.TryParse(field[0], NumberStyles.None, CultureInfo.InvariantCulture, out var part)
                && Array.IndexOf(Names, field[1]) is var index and >= 0)
            {
                var counts = parts.GetValueOrDefault(part);
                counts[index] = (int)(long)entry.Value;
                parts[part] = counts;
            }
        }

        return parts;
    }
}
