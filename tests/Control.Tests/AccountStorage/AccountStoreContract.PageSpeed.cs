using Eventicat.Accounts;
using Eventicat.Control.AccountStorage;

namespace Eventicat.Control.Tests.AccountStorage;

public abstract partial class AccountStoreContract
{
    private const int ManyAccounts = 100_000;
    private const int Calls = 5;
    private static readonly TimeSpan MaxPageTime = TimeSpan.FromMilliseconds(200);

    [Fact]
    public async Task Page_OfManyAccounts_TakesNoTimeWhereverItIs()
    {
        var store = Open();
        Assert.Equal(ManyAccounts, await store.ApplyAsync(Many().ToAsyncEnumerable(), Token).CountAsync(Token));
        // The first page may have to put things in order.
        await store.ListPageAsync(new AccountPageRequest(), Token);

        foreach (var prefix in new[] { "", "many-", "many-05" })
        {
            foreach (var after in new[] { null, "many-050000", "many-099899" })
            {
                var request = new AccountPageRequest(after is null ? null : AccountId.Parse(after), idPrefix: prefix);
                var took = await MedianAsync(store, request);
                TestContext.Current.TestOutputHelper?.WriteLine($"prefix '{prefix}', after '{after}': {took.TotalMilliseconds:f2} ms");
                Assert.InRange(took, TimeSpan.Zero, MaxPageTime);
            }
        }
    }

    private static async Task<TimeSpan> MedianAsync(IAccountStore store, AccountPageRequest request)
    {
        var times = new List<TimeSpan>();
        for (var i = 0; i < Calls; i++)
        {
            var started = TimeProvider.System.GetTimestamp();
            await store.ListPageAsync(request, Token);
            times.Add(TimeProvider.System.GetElapsedTime(started));
        }

        return times.Order().ElementAt(Calls / 2);
    }

    private static IEnumerable<Account> Many() => Enumerable.Range(0, ManyAccounts).Select(i => new Account
    {
        Id = AccountId.Parse($"many-{i:d6}"),
        Keys = [new AccountKey { Id = KeyId.Parse("k"), Digest = KeyDigest.Of($"key-{i}") }],
        Aggregators = [new Aggregator(AggregatorId.Parse($"agg-{i}"), "Sign-ups")],
    });
}
