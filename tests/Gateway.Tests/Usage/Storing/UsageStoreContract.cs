using Eventicat.Accounts;
using Eventicat.Gateway.Tests.Usage.Counting;
using Eventicat.Gateway.Usage.Counting;
using Eventicat.Gateway.Usage.Storing;
using Microsoft.Extensions.Time.Testing;

namespace Eventicat.Gateway.Tests.Usage.Storing;

/// <summary>What every usage store does.</summary>
public abstract class UsageStoreContract
{
    private protected static readonly AccountId Acme = AccountId.Parse("acme");
    private static readonly KeyId Key = KeyId.Parse("k1");

    /// <summary>Half a minute past a full hour, near enough to the present for a server that expires by its own clock.</summary>
    private protected FakeTimeProvider Time { get; } = new(
        DateTimeOffset.FromUnixTimeSeconds((TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 3600 * 3600) + 30));

    private protected abstract IUsageStore Store { get; }

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private long Now => Time.GetUtcNow().ToUnixTimeSeconds();

    [Fact]
    public async Task Read_AccountWithoutUsage_IsEmpty()
    {
        var history = await Store.ReadAsync(Acme, Token);

        Assert.Empty(history.Minutes);
        Assert.Empty(history.Hours);
        Assert.Empty(history.KeyUses);
    }

    [Fact]
    public async Task Add_SeveralTimes_AddsUpByMinuteAndHour()
    {
        await AddAsync(Acme, [1, 2, 3, 4, 5, 6]);
        await AddAsync(Acme, [10, 0, 0, 0, 0, 1]);
        Time.Advance(TimeSpan.FromMinutes(1));
        await AddAsync(Acme, [0, 1, 0, 0, 0, 0], "k2");
        await AddAsync(AccountId.Parse("other"), [100, 0, 0, 0, 0, 0]);

        var history = await Store.ReadAsync(Acme, Token);

        Assert.Equal([Now - 30 - 60, Now - 30], history.Minutes.Select(bucket => bucket.Time));
        Assert.Equal([11, 2, 3, 4, 5, 7], history.Minutes[0].Counts.ToArray());
        Assert.Equal([0, 1, 0, 0, 0, 0], history.Minutes[1].Counts.ToArray());
        Assert.Equal([Now - 30 - 60], history.Hours.Select(bucket => bucket.Time));
        Assert.Equal([11, 3, 3, 4, 5, 7], history.Hours[0].Counts.ToArray());
        Assert.Equal(new Dictionary<KeyId, long> { [Key] = Now - 60, [KeyId.Parse("k2")] = Now }, history.KeyUses);
    }

    [Fact]
    public async Task Add_LateCounts_GoWhereTheyBelongAndDoNotTurnLastUseBack()
    {
        var late = Usage(Acme, [1, 0, 0, 0, 0, 0], "k1");
        Time.Advance(TimeSpan.FromMinutes(3));
        await AddAsync(Acme, [2, 0, 0, 0, 0, 0]);

        await Store.AddAsync([late], Token);

        var history = await Store.ReadAsync(Acme, Token);
        Assert.Equal([1, 2], history.Minutes.Select(bucket => bucket.Counts[0]));
        Assert.Equal(Now, history.KeyUses[Key]);
    }

    [Fact]
    public async Task Read_OlderThanTheSpans_IsLeftOut()
    {
        await AddAsync(Acme, [1, 0, 0, 0, 0, 0]);
        Time.Advance(TimeSpan.FromMinutes(UsageSpan.Minutes - 1));
        var last = await Store.ReadAsync(Acme, Token);
        Time.Advance(TimeSpan.FromMinutes(1));
        var over = await Store.ReadAsync(Acme, Token);
        Time.Advance(TimeSpan.FromHours(UsageSpan.Hours - 3));
        var lastHour = await Store.ReadAsync(Acme, Token);
        Time.Advance(TimeSpan.FromHours(1));
        var overHour = await Store.ReadAsync(Acme, Token);

        Assert.Single(last.Minutes);
        Assert.Empty(over.Minutes);
        Assert.Single(lastHour.Hours);
        Assert.Empty(overHour.Hours);
    }

    [Fact]
    public async Task UrlKeys_AreListedMostRecentFirstInPages()
    {
        foreach (var (account, step) in new[] { ("a", 0), ("b", 0), ("c", 0), ("d", 5), ("none", 0), ("e", 5) })
        {
            Time.Advance(TimeSpan.FromSeconds(step));
            await AddAsync(AccountId.Parse(account), [1, 0, 0, 0, 0, account == "none" ? 0 : 2]);
        }

        await AddAsync(AccountId.Parse("a"), [0, 0, 0, 0, 1, 1]);

        var seen = new List<UrlKeyUse>();
        IReadOnlyList<UrlKeyUse> page;
        while ((page = await Store.ListUrlKeysAsync(seen.LastOrDefault(), 2, Token)).Count > 0)
        {
            Assert.InRange(page.Count, 1, 2);
            seen.AddRange(page);
        }

        Assert.Equal(["e 2", "a 3", "d 2", "c 2", "b 2"], seen.Select(use => $"{use.Account} {use.Count}"));
        Assert.Equal([Now, Now, Now - 5, Now - 10, Now - 10], seen.Select(use => use.Last));
    }

    [Fact]
    public async Task UrlKeys_OlderThanAWeek_AreNotListed()
    {
        await AddAsync(Acme, [1, 0, 0, 0, 0, 1]);
        Time.Advance(UsageSpan.UrlKeys - TimeSpan.FromSeconds(1));
        Assert.Single(await Store.ListUrlKeysAsync(null, 10, Token));
        Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Empty(await Store.ListUrlKeysAsync(null, 10, Token));
    }

    private protected AccountUsage Usage(AccountId account, int[] counts, string key)
    {
        var all = default(UsageCounts);
        counts.CopyTo(all);
        var usage = new AccountUsage(account, Now / 60);
        usage.Add(all, KeyId.Parse(key), Now);
        return usage;
    }

    private protected async Task AddAsync(AccountId account, int[] counts, string key = "k1")
    {
        var result = await Store.AddAsync([Usage(account, counts, key)], Token);
        Assert.Empty(result.Rest);
        Assert.Equal(0, result.Lost);
    }
}
