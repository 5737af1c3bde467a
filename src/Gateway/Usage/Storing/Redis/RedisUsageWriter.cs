using Eventicat.Gateway.Usage.Counting;
using Eventicat.Redis;
using StackExchange.Redis;

namespace Eventicat.Gateway.Usage.Storing.Redis;

/// <summary>Calls <c>record_usage.lua</c>.</summary>
internal sealed class RedisUsageWriter(RedisUsageNames names)
{
    /// <summary>Beyond the hour's or day's end, so that its first minute or hour lives long enough.</summary>
    private const int MinutesLifetime = UsageSpan.Minutes * 60;
    private const int HoursLifetime = UsageSpan.Hours * 3600;

    private static readonly string Script = RedisScript.Load(typeof(RedisUsageWriter), "record_usage.lua");

    public Task<RedisResult> WriteAsync(IDatabase database, AccountUsage usage)
    {
        var hour = usage.Minute / 60;
        var day = hour / 24;
        var counts = Counts(usage).ToList();
        RedisValue[] arguments =
        [
            RedisUsageFields.Part(usage.Minute % 60),
            RedisUsageFields.Part(hour % 24),
            ((hour + 1) * 3600) + MinutesLifetime,
            ((day + 1) * 86400) + HoursLifetime,
            (long)UsageSpan.KeyUses.TotalSeconds,
            counts.Count,
            .. counts.SelectMany(count => new RedisValue[] { count.Name, count.Value }),
            .. usage.KeyUses.SelectMany(use => new RedisValue[] { use.Key.ToString(), use.Value }),
        ];
        return database.ScriptEvaluateAsync(
            Script,
            [names.Minutes(usage.Account, hour), names.Hours(usage.Account, day), names.KeyUses(usage.Account)],
            arguments,
            CommandFlags.DemandMaster);
    }

    /// <summary>In a slot of its own, hence outside the script. May be repeated: only a later time replaces one.</summary>
    public Task NoteUrlKeysAsync(IDatabase database, IEnumerable<AccountUsage> usage, long now)
    {
        SortedSetEntry[] entries = [.. usage.Where(one => one.LastUrlKey > 0).Select(one => new SortedSetEntry(one.Account.ToString(), one.LastUrlKey))];
        return entries.Length == 0
            ? Task.CompletedTask
            : Task.WhenAll(
                database.SortedSetAddAsync(names.UrlKeys, entries, SortedSetWhen.GreaterThan),
                database.SortedSetRemoveRangeByScoreAsync(names.UrlKeys, double.NegativeInfinity, now - UsageSpan.UrlKeys.TotalSeconds),
                database.KeyExpireAsync(names.UrlKeys, UsageSpan.UrlKeys));
    }

    private static IEnumerable<(string Name, int Value)> Counts(AccountUsage usage)
    {
        for (var i = 0; i < UsageCounts.Length; i++)
        {
            if (usage.Counts[i] is var count and > 0)
            {
                yield return (RedisUsageFields.Names[i], count);
            }
        }
    }
}
