using Eventicat.Accounts;
using Eventicat.Gateway.Usage;
using Eventicat.Gateway.Usage.Storing;
using Eventicat.Gateway.Usage.Storing.Memory;
using Microsoft.Extensions.Options;

namespace Eventicat.Gateway.Tests.Usage.Storing;

public sealed class MemoryUsageStoreTests : UsageStoreContract
{
    private readonly MemoryUsageStore _store;

    public MemoryUsageStoreTests() => _store = new(Options.Create(new UsageOptions { MaxAccounts = 10 }), Time);

    private protected override IUsageStore Store => _store;

    [Fact]
    public async Task Add_MoreAccountsThanTheBound_ForgetsTheOneNotSeenForLongest()
    {
        for (var i = 0; i < 10; i++)
        {
            await AddAsync(AccountId.Parse($"a{i}"), [1, 0, 0, 0, 0, 0]);
        }

        await AddAsync(AccountId.Parse("a0"), [1, 0, 0, 0, 0, 0]);
        await AddAsync(AccountId.Parse("new"), [1, 0, 0, 0, 0, 0]);

        Assert.Empty((await _store.ReadAsync(AccountId.Parse("a1"), Token)).Minutes);
        Assert.Equal(2, (await _store.ReadAsync(AccountId.Parse("a0"), Token)).Minutes[0].Counts[0]);
    }

    [Fact]
    public async Task Add_MoreKeysThanAnAccountHas_ForgetsTheOldest()
    {
        for (var i = 0; i < 1001; i++)
        {
            await AddAsync(Acme, [1, 0, 0, 0, 0, 0], $"k{i}");
            Time.Advance(TimeSpan.FromSeconds(1));
        }

        var uses = (await _store.ReadAsync(Acme, Token)).KeyUses;
        Assert.Equal(1000, uses.Count);
        Assert.DoesNotContain(KeyId.Parse("k0"), uses.Keys);
    }

    [Fact]
    public async Task Keys_UsedSince_AreListedInPages()
    {
        await AddAsync(Acme, [1, 0, 0, 0, 0, 0], "old");
        Time.Advance(TimeSpan.FromSeconds(1));
        var since = Time.GetUtcNow().ToUnixTimeSeconds();
        foreach (var (account, key) in new[] { ("b", "k2"), ("a", "k1"), ("a", "k3"), ("acme", "k4") })
        {
            await AddAsync(AccountId.Parse(account), [1, 0, 0, 0, 0, 0], key);
        }

        var seen = new List<KeyUse>();
        IReadOnlyList<KeyUse> page;
        while ((page = _store.ListKeys(since, seen.LastOrDefault(), 3)).Count > 0)
        {
            seen.AddRange(page);
        }

        Assert.Equal(["a k1", "a k3", "acme k4", "b k2"], seen.Select(use => $"{use.Account} {use.Key}"));
    }
}
