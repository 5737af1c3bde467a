using Eventicat.Accounts;
using Eventicat.Gateway.Usage;
using Eventicat.Gateway.Usage.Counting;
using Eventicat.TestSupport;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Eventicat.Gateway.Tests.Usage.Counting;

public sealed class UsageCountersTests
{
    private static readonly AccountId Acme = AccountId.Parse("acme");
    private static readonly KeyId Key = KeyId.Parse("k1");

    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(1_640_995_200));
    private readonly CapturedLog _log = new();

    [Fact]
    public void Count_ByOutcomeAndPlaceOfKey_IsTakenOnce()
    {
        var counters = Create();
        counters.Count(Acme, Key, UsageOutcome.Forwarded, inUrl: false);
        counters.Count(Acme, Key, UsageOutcome.Forwarded, inUrl: true);
        _time.Advance(TimeSpan.FromSeconds(2));
        counters.Count(Acme, KeyId.Parse("k2"), UsageOutcome.Refused, inUrl: true);

        var usage = Assert.Single(counters.Take());
        Assert.Equal(Acme, usage.Account);
        Assert.Equal(1_640_995_200 / 60, usage.Minute);
        Assert.Equal([2, 0, 0, 0, 1, 2], usage.Counts.ToArray());
        Assert.Equal(1_640_995_200, usage.KeyUses[Key]);
        Assert.Equal(1_640_995_202, usage.KeyUses[KeyId.Parse("k2")]);
        Assert.Equal(1_640_995_202, usage.LastUrlKey);
        Assert.Empty(counters.Take());
    }

    [Fact]
    public void Count_OverMinutes_KeepsThemApart()
    {
        var counters = Create();
        foreach (var _ in Enumerable.Range(0, 3))
        {
            counters.Count(Acme, Key, UsageOutcome.Limited, inUrl: false);
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal([0, 1, 2], counters.Take().Select(usage => usage.Minute - (1_640_995_200 / 60)).Order());
    }

    [Fact]
    public void Count_MoreAccountsThanTheBound_DropsAndSaysSoOnceUntilThereIsRoom()
    {
        var counters = Create(max: 2);
        for (var round = 0; round < 2; round++)
        {
            foreach (var account in new[] { "a", "b", "c", "d", "a" })
            {
                counters.Count(AccountId.Parse(account), Key, UsageOutcome.Forwarded, inUrl: false);
            }
        }

        Assert.Equal([4, 2], counters.Take().Select(usage => usage.Counts[0]).OrderDescending());
        Assert.Single(_log.Lines);

        counters.Take();
        foreach (var account in new[] { "a", "b", "c" })
        {
            counters.Count(AccountId.Parse(account), Key, UsageOutcome.Forwarded, inUrl: false);
        }

        Assert.Equal(2, _log.Lines.Count);
    }

    [Fact]
    public async Task Count_ByManyThreadsWhileTaken_LosesAndRepeatsNothing()
    {
        const int Each = 50_000;
        var counters = Create();
        var counting = Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++)
            {
                counters.Count(AccountId.Parse($"a{i % 50}"), Key, (UsageOutcome)(i % 5), inUrl: thread == 0);
            }
        })).ToArray();
        var sum = default(UsageCounts);
        var all = Task.WhenAll(counting);
        while (!all.IsCompleted)
        {
            Sum(counters.Take());
            await Task.Yield();
        }

        await all;
        Sum(counters.Take());
        Assert.Equal([4 * Each / 5, 4 * Each / 5, 4 * Each / 5, 4 * Each / 5, 4 * Each / 5, Each], sum.ToArray());

        void Sum(IEnumerable<AccountUsage> taken)
        {
            foreach (var usage in taken)
            {
                sum.Add(usage.Counts);
            }
        }
    }

    private UsageCounters Create(int max = 100) => new(Options.Create(new UsageOptions { MaxAccounts = max }), _time, _log.For<UsageCounters>());
}
