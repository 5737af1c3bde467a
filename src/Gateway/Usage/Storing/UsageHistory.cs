using Eventicat.Accounts;
using Eventicat.Gateway.Usage.Counting;

namespace Eventicat.Gateway.Usage.Storing;

/// <summary>An account's past, oldest first, without the times in which nothing happened.</summary>
/// <param name="Minutes">The last <see cref="UsageSpan.Minutes"/>.</param>
/// <param name="Hours">The last <see cref="UsageSpan.Hours"/>.</param>
/// <param name="KeyUses">When each key was last used, in Unix seconds.</param>
internal sealed record UsageHistory(
    IReadOnlyList<UsageBucket> Minutes, IReadOnlyList<UsageBucket> Hours, IReadOnlyDictionary<KeyId, long> KeyUses);

/// <param name="Time">Its start, in Unix seconds.</param>
/// <param name="Counts">What happened in it.</param>
internal readonly record struct UsageBucket(long Time, UsageCounts Counts);

/// <summary>How far back usage is known.</summary>
internal static class UsageSpan
{
    /// <summary>The present minute included.</summary>
    public const int Minutes = 120;

    /// <summary>The present hour included: seven days.</summary>
    public const int Hours = 168;

    public static readonly TimeSpan UrlKeys = TimeSpan.FromDays(7);

    /// <summary>Longer than a year, so that a key used once a year does not look unused.</summary>
    public static readonly TimeSpan KeyUses = TimeSpan.FromDays(400);
}
