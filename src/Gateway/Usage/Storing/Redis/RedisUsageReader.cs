using Eventicat.Accounts;
using StackExchange.Redis;

namespace Eventicat.Gateway.Usage.Storing.Redis;

/// <summary>Reads from Redis what <see cref="RedisUsageWriter"/> wrote.</summary>
internal sealed class RedisUsageReader(RedisUsageNames names)
{
    private const int PageSize = 500;

    /// <param name="database">Where.</param>
    /// <param name="account">Whose.</param>
    /// <param name="now">Minutes since the Unix epoch.</param>
    public async Task<UsageHistory> ReadAsync(IDatabase database, AccountId account, long now)
    {
        var minutes = ReadBucketsAsync(database, hour => names.Minutes(account, hour), now, UsageSpan.Minutes, partsPerHash: 60, seconds: 60);
        var hours = ReadBucketsAsync(database, day => names.Hours(account, day), now / 60, UsageSpan.Hours, partsPerHash: 24, seconds: 3600);
        var uses = database.HashGetAllAsync(names.KeyUses(account));
        await Task.WhenAll(minutes, hours, uses);
        return new UsageHistory(await minutes, await hours, ReadKeyUses(await uses));
    }

    /// <param name="database">Where.</param>
    /// <param name="after">The last one already known.</param>
    /// <param name="limit">The most to return.</param>
    /// <param name="now">Unix seconds.</param>
    public async Task<IReadOnlyList<UrlKeyUse>> ListUrlKeysAsync(IDatabase database, UrlKeyUse? after, int limit, long now)
    {
        var oldest = now - UsageSpan.UrlKeys.TotalSeconds;
        var newest = after is null ? double.PositiveInfinity : after.Last;
        var found = new List<UrlKeyUse>(limit);
        for (var skip = 0; found.Count < limit; skip += PageSize)
        {
            var page = await database.SortedSetRangeByScoreWithScoresAsync(
                names.UrlKeys, oldest, newest, Exclude.Start, Order.Descending, skip, PageSize);
            found.AddRange(page.SelectMany(Read).Where(use => after is null || UrlKeyUse.Compare(use, after) > 0).Take(limit - found.Count));
            if (page.Length < PageSize)
            {
                break;
            }
        }

        return await Task.WhenAll(found.Select(use => CountAsync(database, use, now / 3600)));
    }

    private static IEnumerable<UrlKeyUse> Read(SortedSetEntry entry)
    {
        if (AccountId.TryParse(entry.Element, out var account))
        {
            yield return new UrlKeyUse(account, (long)entry.Score);
        }
    }

    private async Task<UrlKeyUse> CountAsync(IDatabase database, UrlKeyUse use, long hour)
    {
        var oldest = hour - UsageSpan.Hours;
        var days = HashesOf(oldest + 1, hour, 24).ToArray();
        var values = await Task.WhenAll(days.Select(day => database.HashGetAsync(names.Hours(use.Account, day), RedisUsageFields.UrlKeysOfDay)));
        var count = 0L;
        for (var i = 0; i < days.Length; i++)
        {
            count += values[i].Select((value, part) => (days[i] * 24) + part > oldest ? (long)value : 0).Sum();
        }

        return use with { Count = count };
    }

    private static async Task<IReadOnlyList<UsageBucket>> ReadBucketsAsync(
        IDatabase database, Func<long, RedisKey> name, long now, int span, int partsPerHash, int seconds)
    {
        var hashes = HashesOf(now - span + 1, now, partsPerHash).ToArray();
        var entries = await Task.WhenAll(hashes.Select(hash => database.HashGetAllAsync(name(hash))));
        return
        [
            .. hashes.Zip(entries, (hash, all) => RedisUsageFields.Read(all).Select(part => (At: (hash * partsPerHash) + part.Key, part.Value)))
                .SelectMany(parts => parts)
                .Where(part => part.At > now - span && part.At <= now)
                .Select(part => new UsageBucket(part.At * seconds, part.Value)),
        ];
    }

    private static IEnumerable<long> HashesOf(long first, long last, int partsPerHash)
    {
        for (var hash = first / partsPerHash; hash <= last / partsPerHash; hash++)
        {
            yield return hash;
        }
    }

    private static Dictionary<KeyId, long> ReadKeyUses(HashEntry[] entries)
    {
        var uses = new Dictionary<KeyId, long>(entries.Length);
        foreach (var entry in entries)
        {
            if (KeyId.TryParse(entry.Name, out var key))
            {
                uses[key] = (long)entry.Value;
            }
        }

        return uses;
    }
}
