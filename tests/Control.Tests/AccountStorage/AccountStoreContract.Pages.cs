using Eventicat.Accounts;
using Eventicat.Control.AccountStorage;

namespace Eventicat.Control.Tests.AccountStorage;

public abstract partial class AccountStoreContract
{
    [Fact]
    public async Task Page_EmptyStore_IsEmptyAndTheLast()
    {
        var page = await Open().ListPageAsync(new AccountPageRequest(), Token);

        Assert.Empty(page.Accounts);
        Assert.Null(page.Next);
    }

    [Fact]
    public async Task Page_MixedIds_AreInOrdinalOrder()
    {
        var store = await CreateAsync("b", "B", "_", "-", "a1", "a", "9", "aa", "A-", "Z", "z");

        var page = await store.ListPageAsync(new AccountPageRequest(), Token);

        Assert.Equal(["-", "9", "A-", "B", "Z", "_", "a", "a1", "aa", "b", "z"], Ids(page));
        Assert.Null(page.Next);
        Assert.Single(page.Accounts[0].Account.Keys);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(10)]
    [InlineData(30)]
    [InlineData(1000)]
    public async Task Pages_Followed_GiveEachAccountOnceAndOnlyTheLastMayBeShort(int limit)
    {
        var ids = Enumerable.Range(0, 30).Select(i => $"a{i:d2}").ToArray();
        await CreateAsync(ids);

        var pages = await FollowAsync(Open(), "", limit);

        Assert.Equal(ids, pages.SelectMany(Ids));
        Assert.All(pages.SkipLast(1), page => Assert.Equal(limit, page.Accounts.Count));
        Assert.NotEmpty(pages[^1].Accounts);
    }

    [Fact]
    public async Task Pages_WithAPrefix_GiveThoseThatStartWithIt()
    {
        var store = await CreateAsync("a", "ab", "ab-1", "ab_2", "abz", "abZ", "ac", "b", "A", "AB");

        Assert.Equal(["ab", "ab-1", "abZ", "ab_2", "abz"], (await FollowAsync(store, "ab", 2)).SelectMany(Ids));
        Assert.Equal(["abz"], (await FollowAsync(store, "abz", 2)).SelectMany(Ids));
        Assert.Empty(Assert.Single(await FollowAsync(store, "abc", 2)).Accounts);
    }

    [Theory]
    [InlineData("a", "ab", "abc", "abd")]
    [InlineData("ab", "abc", "abd")]
    [InlineData("abcd", "abd")]
    [InlineData("zz")]
    public async Task Page_AfterAnIdThatIsNotThere_GoesOnBehindIt(string after, params string[] expected)
    {
        var store = await CreateAsync("ab", "abc", "abd", "zz");

        var page = await store.ListPageAsync(new AccountPageRequest(AccountId.Parse(after), idPrefix: "ab"), Token);

        Assert.Equal(expected, Ids(page));
    }

    [Fact]
    public async Task Pages_AccountsDeletedAndCreatedInBetween_NeitherRepeatNorSkipOthers()
    {
        var store = await CreateAsync("a1", "a2", "a3", "a4", "a5", "a6");
        var first = await store.ListPageAsync(new AccountPageRequest(limit: 2), Token);
        await DeleteAsync(store, "a1", "a2", "a3");
        await CreateAsync(store, "a0", "a2b", "a4b");

        var second = await store.ListPageAsync(new AccountPageRequest(first.Next, limit: 3), Token);
        var third = await store.ListPageAsync(new AccountPageRequest(second.Next, limit: 3), Token);

        Assert.Equal(["a2b", "a4", "a4b"], Ids(second));
        Assert.Equal(["a5", "a6"], Ids(third));
        Assert.Null(third.Next);
    }

    [Fact]
    public async Task Page_AccountDeletedAndCreatedAgain_IsThereOnce()
    {
        var store = await CreateAsync("a1");
        await DeleteAsync(store, "a1");
        Assert.Empty((await store.ListPageAsync(new AccountPageRequest(), Token)).Accounts);

        await CreateAsync(store, "a1");

        Assert.Equal(["a1"], Ids(await store.ListPageAsync(new AccountPageRequest(), Token)));
    }

    [Fact]
    public async Task Page_OneAccountCreatedAndDeletedByManyAtOnce_AgreesWithTheStoreAfterwards()
    {
        IAccountStore[] stores = [Open(), Open(), Open()];
        await stores[0].ListPageAsync(new AccountPageRequest(), Token);

        await Task.WhenAll(stores.Select(async store =>
        {
            for (var i = 0; i < 40; i++)
            {
                await store.ChangeAsync(Some.Acme, old => old is null ? new Account { Id = Some.Acme } : null, Token);
            }
        }));

        await AssertPageAgreesAsync();
        await stores[0].ChangeAsync(Some.Acme, _ => new Account { Id = Some.Acme }, Token);
        await AssertPageAgreesAsync();

        async Task AssertPageAgreesAsync()
        {
            var found = await Open().FindAsync(Some.Acme, Token);
            Assert.Equal(found is null ? 0 : 1, (await Open().ListPageAsync(new AccountPageRequest(), Token)).Accounts.Count);
        }
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(1001, "")]
    [InlineData(1, "a/b")]
    [InlineData(1, "[a")]
    [InlineData(1, "!")]
    public void PageRequest_OutOfRange_Throws(int limit, string prefix) =>
        Assert.ThrowsAny<ArgumentException>(() => new AccountPageRequest(null, limit, prefix));

    private static IEnumerable<string> Ids(AccountPage page) => page.Accounts.Select(snapshot => snapshot.Account.Id.ToString());

    private static async Task<List<AccountPage>> FollowAsync(IAccountStore store, string prefix, int limit)
    {
        var pages = new List<AccountPage>();
        do
        {
            pages.Add(await store.ListPageAsync(new AccountPageRequest(pages.LastOrDefault()?.Next, limit, prefix), Token));
        }
        while (pages[^1].Next is not null);

        return pages;
    }

    private static async Task DeleteAsync(IAccountStore store, params string[] ids)
    {
        foreach (var id in ids)
        {
            await store.ChangeAsync(AccountId.Parse(id), _ => null, Token);
        }
    }

    private async Task<IAccountStore> CreateAsync(params string[] ids)
    {
        var store = Open();
        await CreateAsync(store, ids);
        return store;
    }

    private static async Task CreateAsync(IAccountStore store, params string[] ids)
    {
        var accounts = ids.Select(id => Some.Account(AccountId.Parse(id))).ToAsyncEnumerable();
        Assert.All(await store.ApplyAsync(accounts, Token).ToListAsync(Token), result => Assert.Equal(ApplyOutcome.Created, result.Outcome));
    }
}
