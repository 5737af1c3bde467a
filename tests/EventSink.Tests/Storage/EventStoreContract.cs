using Eventicat.EventSink.Storage;
using static Eventicat.EventSink.Tests.Storage.SampleEvents;

namespace Eventicat.EventSink.Tests.Storage;

/// <summary>What every engine behind <see cref="IEventStore"/> promises.</summary>
public abstract class EventStoreContract
{
    private protected abstract IEventStore Store { get; }

    /// <summary>Forgets everything that is not on disk, as a restart does.</summary>
    private protected abstract void Restart();

    [Fact]
    public void Open_NewStore_HasNoNewestId() => Assert.Null(Store.Open());

    [Fact]
    public void Open_AfterRestart_GivesTheNewestId()
    {
        Store.Open();
        var entries = Enumerable.Range(0, 3).Select(n => Entry(Named($"e{n}"))).ToArray();
        Store.Commit(entries);
        Restart();
        Assert.Equal(entries[^1].Receipt.Id, Store.Open());
    }

    [Fact]
    public async Task Commit_EveryField_ReadsBackAsGiven()
    {
        Store.Open();
        var entry = Entry(new NewEvent
        {
            Owner = Owner,
            RequestId = "r1",
            ClientId = "c1",
            Name = "Grüße \U0001F600",
            Timestamp = DateTimeOffset.FromUnixTimeMilliseconds(1640995200123),
            Value = -0.1,
            Description = "two\nlines",
            Tags = """{"plan":"pro","n":1.50}""",
            Data = """[1,{"a":null}]""",
        });
        Store.Commit([entry]);
        Assert.Equal(new StoredEvent(entry.Receipt, entry.Event), Assert.Single(await ReadAsync()));
    }

    [Fact]
    public async Task Commit_NameOnly_ReadsBackAsGiven()
    {
        Store.Open();
        var entry = Entry(Named("bare"));
        Store.Commit([entry]);
        Assert.Equal(new StoredEvent(entry.Receipt, entry.Event), Assert.Single(await ReadAsync()));
    }

    [Fact]
    public async Task Commit_BeforeRestart_IsThereAfterIt()
    {
        Store.Open();
        Store.Commit([Entry(Named("kept"))]);
        Restart();
        Store.Open();
        Assert.Equal(["kept"], await NamesAsync());
    }

    [Fact]
    public async Task Commit_RequestIdStoredBefore_GivesTheFirstReceipt()
    {
        Store.Open();
        var first = Entry(Named("first", "r1"));
        Store.Commit([first]);
        var again = Store.Commit([Entry(Named("again", "r1")), Entry(Named("other", "r2"))]);
        Assert.Equal(first.Receipt, again[0]);
        Assert.Equal(["other", "first"], await NamesAsync());
    }

    [Fact]
    public async Task Commit_RequestIdTwiceInOneGroup_StoresTheFirst()
    {
        Store.Open();
        var first = Entry(Named("first", "r1"));
        var receipts = Store.Commit([first, Entry(Named("again", "r1"))]);
        Assert.Equal([first.Receipt, first.Receipt], receipts);
        Assert.Equal(["first"], await NamesAsync());
    }

    [Fact]
    public async Task Commit_SameRequestIdOfAnotherAccount_StoresBoth()
    {
        Store.Open();
        var stranger = Named("theirs", "r1") with { Owner = new EventOwner("other", "agg_1") };
        Store.Commit([Entry(Named("ours", "r1")), Entry(stranger)]);
        Assert.Equal(["ours"], await NamesAsync());
        Assert.Equal("theirs", Assert.Single(await ReadAsync(stranger.Owner)).Event.Name);
    }

    [Fact]
    public async Task Commit_WithoutRequestId_IsNeverARepeat()
    {
        Store.Open();
        Store.Commit([Entry(Named("a")), Entry(Named("a"))]);
        Assert.Equal(["a", "a"], await NamesAsync());
    }

    [Fact]
    public async Task ReadNewest_AnotherAccountOrAggregator_SeesNothing()
    {
        Store.Open();
        Store.Commit([Entry(Named("ours"))]);
        Assert.Empty(await ReadAsync(Owner with { Account = "other" }));
        Assert.Empty(await ReadAsync(Owner with { Aggregator = "agg_2" }));
        Assert.Empty(await ReadAsync(Owner with { Account = "ACME" }));
    }

    [Fact]
    public async Task ReadNewest_MoreThanTheLimit_GivesTheNewest()
    {
        Store.Open();
        Store.Commit([.. Enumerable.Range(0, 5).Select(n => Entry(Named($"e{n}")))]);
        Store.Commit([Entry(Named("e5"))]);
        Assert.Equal(["e5", "e4", "e3"], (await ReadAsync(limit: 3)).Select(stored => stored.Event.Name));
    }

    [Fact]
    public async Task Read_PageAfterPage_GivesEveryEventOnceAndThenAnEnd()
    {
        Store.Open();
        Store.Commit([.. Enumerable.Range(0, 5).Select(n => Entry(Named($"e{n}")))]);
        var first = await ReadPageAsync(new EventQuery(Owner, 2));
        Store.Commit([Entry(Named("later"))]);

        var second = await ReadPageAsync(new EventQuery(Owner, 2, Before: first.Next));
        var third = await ReadPageAsync(new EventQuery(Owner, 2, Before: second.Next));

        Assert.Equal(
            ["e4", "e3", "e2", "e1", "e0"],
            first.Events.Concat(second.Events).Concat(third.Events).Select(stored => stored.Event.Name));
        Assert.Null(third.Next);
    }

    [Fact]
    public async Task Read_ExactlyFullLastPage_IsTheEnd()
    {
        Store.Open();
        Store.Commit([Entry(Named("a")), Entry(Named("b"))]);

        Assert.Null((await ReadPageAsync(new EventQuery(Owner, 2))).Next);
    }

    [Fact]
    public async Task Read_OfOneName_LeavesOutTheOthers()
    {
        Store.Open();
        Store.Commit([Entry(Named("a")), Entry(Named("b")), Entry(Named("a")), Entry(Named("A"))]);

        var first = await ReadPageAsync(new EventQuery(Owner, 1, Name: "a"));
        var second = await ReadPageAsync(new EventQuery(Owner, 1, Name: "a", Before: first.Next));

        Assert.Equal(["a", "a"], first.Events.Concat(second.Events).Select(stored => stored.Event.Name));
        Assert.Null(second.Next);
    }

    [Fact]
    public void Commit_EmptyGroup_GivesNoReceipts()
    {
        Store.Open();
        Assert.Empty(Store.Commit([]));
    }

    private protected async Task<IReadOnlyList<StoredEvent>> ReadAsync(EventOwner? owner = null, int limit = 100) =>
        (await ReadPageAsync(new EventQuery(owner ?? Owner, limit))).Events;

    private Task<EventPage> ReadPageAsync(EventQuery query) => Store.ReadAsync(query, TestContext.Current.CancellationToken);

    private protected async Task<string[]> NamesAsync() => [.. (await ReadAsync()).Select(stored => stored.Event.Name)];
}
