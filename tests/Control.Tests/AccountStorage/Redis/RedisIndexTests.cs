using Eventicat.Accounts;
using Eventicat.Accounts.Storage.Documents;
using Eventicat.Accounts.Storage.Redis;
using Eventicat.Control.AccountStorage;
using Eventicat.Control.AccountStorage.Redis;
using Eventicat.TestSupport.Redis;

namespace Eventicat.Control.Tests.AccountStorage.Redis;

/// <summary>The index of all accounts against crashes between its slot and the account's, races, and accounts older than it.</summary>
public sealed class RedisIndexTests : IAsyncLifetime
{
    private readonly TestRedis _redis;
    private readonly RedisAccountRecords _records;
    private readonly RedisAccountIndex _index;
    private readonly byte[] _document = AccountDocument.WriteOne(new Account { Id = Some.Acme });

    public RedisIndexTests(RedisFixture redis)
    {
        _redis = new TestRedis(redis);
        _records = new RedisAccountRecords(_redis.Names, new RedisRecordReader(_redis.Names));
        _index = new RedisAccountIndex(_redis.Names);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Complete from the start, so that no page makes it so and hides what is missing.</summary>
    public async ValueTask InitializeAsync() => await _index.CompleteAsync(_redis.Database);

    [Fact]
    public async Task Page_EntriesWithoutRecords_AreSkippedAndNoPageButTheLastIsEmpty()
    {
        var ids = Enumerable.Range(0, 100).Select(i => AccountId.Parse($"a{i:d2}")).ToArray();
        await _index.EnterAsync(_redis.Database, ids);
        var store = _redis.Open();
        AccountId[] stored = [ids[30], ids[31], ids[95]];
        await store.ApplyAsync(stored.Select(Some.Account).ToAsyncEnumerable(), Token).ToListAsync(Token);

        var first = await store.ListPageAsync(new AccountPageRequest(limit: 2), Token);
        var second = await store.ListPageAsync(new AccountPageRequest(first.Next, limit: 1), Token);

        Assert.Equal([ids[30], ids[31]], first.Accounts.Select(one => one.Account.Id));
        Assert.Equal([ids[95]], second.Accounts.Select(one => one.Account.Id));
        Assert.Null(second.Next);
    }

    [Fact]
    public async Task Page_AccountsFromBeforeTheIndex_AreFoundByTwoReadersAtOnce()
    {
        var ids = Enumerable.Range(0, 2500).Select(i => $"a{i:d4}").ToArray();
        await _redis.Open().ApplyAsync(ids.Select(id => Some.Account(AccountId.Parse(id))).ToAsyncEnumerable(), Token).ToListAsync(Token);
        await _redis.Database.KeyDeleteAsync(_redis.Names.Accounts);

        var pages = await Task.WhenAll(
            _redis.Open().ListPageAsync(new AccountPageRequest(limit: 1000), Token),
            _redis.Open().ListPageAsync(new AccountPageRequest(AccountId.Parse(ids[1999]), limit: 1000), Token));

        Assert.Equal(ids[..1000], pages[0].Accounts.Select(one => one.Account.Id.ToString()));
        Assert.Equal(ids[2000..], pages[1].Accounts.Select(one => one.Account.Id.ToString()));
    }

    [Fact]
    public async Task Page_IndexHalfBuiltByACrash_IsBuiltAgain()
    {
        var store = _redis.Open();
        await store.ChangeAsync(Some.Acme, _ => Some.Account(Some.Acme), Token);
        await store.ChangeAsync(Some.Umbrella, _ => Some.Account(Some.Umbrella), Token);
        await _redis.Database.KeyDeleteAsync(_redis.Names.Accounts);

        await _index.AddAsync(_redis.Database, [Some.Umbrella]);

        Assert.Equal(2, (await store.ListPageAsync(new AccountPageRequest(), Token)).Accounts.Count);
    }

    [Fact]
    public async Task Create_CrashedAfterEntering_IsNotThereAndCanBeRepeated()
    {
        await _index.EnterAsync(_redis.Database, [Some.Acme]);
        var store = _redis.Open();
        Assert.Empty((await store.ListPageAsync(new AccountPageRequest(), Token)).Accounts);

        await store.ChangeAsync(Some.Acme, _ => Some.Account(Some.Acme), Token);

        Assert.Single((await store.ListPageAsync(new AccountPageRequest(), Token)).Accounts);
    }

    [Fact]
    public async Task Delete_CreatedAgainBeforeItLeaves_KeepsTheEntry()
    {
        var store = _redis.Open();
        await store.ChangeAsync(Some.Acme, _ => Some.Account(Some.Acme), Token);
        var record = await _records.ReadForChangeAsync(_redis.Database, Some.Acme);
        var token = await _index.AnnounceAsync(_redis.Database, Some.Acme);
        await _records.ReplaceAsync(_redis.Database, Some.Acme, record.Version, null, null);

        await store.ChangeAsync(Some.Acme, _ => Some.Account(Some.Acme), Token);
        await _index.LeaveAsync(_redis.Database, Some.Acme, token);

        Assert.Single((await store.ListPageAsync(new AccountPageRequest(), Token)).Accounts);
    }

    [Fact]
    public async Task Delete_AnnouncedByTwo_TheOneThatLostRemovesNothing()
    {
        await _index.EnterAsync(_redis.Database, [Some.Acme]);
        var lost = await _index.AnnounceAsync(_redis.Database, Some.Acme);
        await _index.AnnounceAsync(_redis.Database, Some.Acme);

        await _index.LeaveAsync(_redis.Database, Some.Acme, lost);

        Assert.NotNull(await _redis.Database.SortedSetScoreAsync(_redis.Names.Accounts, Some.Acme.ToString()));
    }

    [Fact]
    public async Task Create_OthersCreatedAndDeletedSinceItWasRead_IsNotWritten()
    {
        var read = await _records.ReadForChangeAsync(_redis.Database, Some.Acme);
        await _index.EnterAsync(_redis.Database, [Some.Acme]);
        var others = _redis.Open();
        await others.ChangeAsync(Some.Acme, _ => Some.Account(Some.Acme), Token);
        await others.ChangeAsync(Some.Acme, _ => null, Token);

        // Its entry is gone by now: the record would be one without.
        Assert.Null(await _records.ReplaceAsync(_redis.Database, Some.Acme, read.Version, _document, null));
    }

    [Fact]
    public async Task Create_AfterADeletion_IsWrittenOverTheTraceThatItRead()
    {
        var store = _redis.Open();
        await store.ChangeAsync(Some.Acme, _ => Some.Account(Some.Acme), Token);
        await store.ChangeAsync(Some.Acme, _ => null, Token);
        var read = await _records.ReadForChangeAsync(_redis.Database, Some.Acme);

        Assert.Null(read.Document);
        Assert.NotNull(await _records.ReplaceAsync(_redis.Database, Some.Acme, read.Version, _document, null));
    }

    public ValueTask DisposeAsync() => _redis.DisposeAsync();
}
