using System.Globalization;
using StackExchange.Redis;

namespace Eventicat.Control.AccountStorage.Redis;

/// <summary>How long what a writer claims before it writes a record is its own.</summary>
internal static class ClaimTime
{
    /// <summary>
    /// How long a claim keeps others away while its record is not yet written. Far longer than a write takes, and
    /// short enough for an operator who repeats what a crash interrupted.
    /// </summary>
    public const long SafeMicroseconds = 60_000_000;

    /// <summary>A claim's record is written in this time or not at all; the rest covers clocks that differ between nodes.</summary>
    private const long UsableMicroseconds = SafeMicroseconds - 10_000_000;

    /// <summary>Until when the record that the claim was made for may be written, in microseconds.</summary>
    public static long NotAfter(long claimed) => claimed + UsableMicroseconds;

    public static async Task<long> ReadAsync(IDatabase database)
    {
        var time = await database.ExecuteAsync("TIME");
        return (Parse(time[0]) * 1_000_000) + Parse(time[1]);
    }

    /// <summary>Redis's time in microseconds, as its scripts give it.</summary>
    public static long Parse(RedisResult time) => long.Parse((string)time!, CultureInfo.InvariantCulture);
}
