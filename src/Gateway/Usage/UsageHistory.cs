using Eventicat.Accounts;

namespace Eventicat.Gateway.Usage;

/// <summary>An account's past, oldest first, without the times in which nothing happened.</summary>
/// <param name="Minutes">The last <see cref="UsageSpan.Minutes"/>.</param>
/// <param name="Hours">The last <see cref="UsageSpan.Hours"/>.</param>
/// <param name="LastUses">When each key was last used, in Unix seconds.</param>
internal sealed record UsageHistory(
    IReadOnlyList<UsageBucket> Minutes, IReadOnlyList<UsageBucket> Hours, IReadOnlyDictionary<KeyId, long> LastUses);

/// <param name="Time">Its start, in Unix seconds.</param>
/// <param name="Counts">What happened in it.</param>
internal readonly record struct UsageBucket(long Time, UsageCounts Counts);
