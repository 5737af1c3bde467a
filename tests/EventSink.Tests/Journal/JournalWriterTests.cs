using Eventicat.EventSink.Storage;
using Eventicat.EventSink.Tests.Storage;
using Eventicat.TestSupport;

namespace Eventicat.EventSink.Tests.Journal;

public sealed class JournalWriterTests
{
    [Fact]
    public async Task Append_CommitNotReturned_IsNotAcknowledged()
    {
        await using var journal = await JournalHarness.StartAsync();
        var first = await journal.OccupyWriterAsync();
        Assert.False(first.IsCompleted);
        journal.Store.Release();
        Assert.Equal(SampleEvents.Received, (await first)!.Value.Received);
    }

    [Fact]
    public async Task Append_ManyWhileACommitRuns_ShareTheNextOnes()
    {
        await using var journal = await JournalHarness.StartAsync(maxBatch: 10);
        var appends = new List<Task<Receipt?>> { await journal.OccupyWriterAsync() };
        appends.AddRange(Enumerable.Range(0, 25).Select(n => journal.AppendAsync($"e{n}")));
        journal.Store.Release();
        Assert.All(await Task.WhenAll(appends), receipt => Assert.NotNull(receipt));
        Assert.Equal([1, 10, 10, 5], journal.Store.Groups);
    }

    [Fact]
    public async Task Append_Many_GetGrowingIdsInCommitOrder()
    {
        var newest = Guid.CreateVersion7(SampleEvents.Received.AddMinutes(1));
        await using var journal = await JournalHarness.StartAsync(newest: newest);
        var receipts = await Task.WhenAll(Enumerable.Range(0, 25).Select(n => journal.AppendAsync($"e{n}")));
        var ids = receipts.Select(receipt => receipt!.Value.Id.ToString()).Prepend(newest.ToString()).ToArray();
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        Assert.Equal(journal.Store.Stored.Select(entry => entry.Receipt.Id.ToString()), ids[1..]);
    }

    [Fact]
    public async Task Append_FullQueue_IsRefusedAtOnceAndNeverStored()
    {
        await using var journal = await JournalHarness.StartAsync(queueCapacity: 2, maxBatch: 1);
        var first = await journal.OccupyWriterAsync();
        var (second, third, fourth) = (journal.AppendAsync("second"), journal.AppendAsync("third"), journal.AppendAsync("fourth"));
        Assert.True(fourth.IsCompleted);
        Assert.Null(await fourth);
        journal.Store.Release();
        Assert.All(await Task.WhenAll(first, second, third), receipt => Assert.NotNull(receipt));
        Assert.Equal(["first", "second", "third"], journal.Store.Stored.Select(entry => entry.Event.Name));
    }

    [Fact]
    public async Task Commit_Fails_RefusesTheWholeGroupAndGoesOn()
    {
        await using var journal = await JournalHarness.StartAsync();
        var first = await journal.OccupyWriterAsync();
        var (second, third) = (journal.AppendAsync("second"), journal.AppendAsync("third"));
        journal.Store.Failure = new EventStoreUnavailableException("disk");
        journal.Store.Release();
        Assert.All(await Task.WhenAll(first, second, third), receipt => Assert.Null(receipt));
        Assert.False(journal.Status.Available);

        journal.Store.Failure = null;
        Assert.NotNull(await journal.AppendAsync("fourth"));
        Assert.Equal(["fourth"], journal.Store.Stored.Select(entry => entry.Event.Name));
        await Eventually.TrueAsync(() => journal.Status.Available && journal.Log.Names.Count > 1);
        Assert.Equal(["Failed", "Recovered"], journal.Log.Names);
    }

    [Fact]
    public async Task Commit_ThrowsWhatNobodyExpected_DoesNotEndTheWriter()
    {
        await using var journal = await JournalHarness.StartAsync();
        journal.Store.Failure = new InvalidOperationException("defect");
        Assert.Null(await journal.AppendAsync("lost"));
        journal.Store.Failure = null;
        Assert.NotNull(await journal.AppendAsync("kept"));
    }

    [Fact]
    public async Task Writer_StoreBrokenAndNoEvents_RepairsByItself()
    {
        await using var journal = await JournalHarness.StartAsync();
        journal.Store.Failure = new EventStoreUnavailableException("disk");
        await journal.AppendAsync("lost");
        journal.Store.Failure = null;
        await Eventually.TrueAsync(() =>
        {
            journal.Time.Advance(TimeSpan.FromSeconds(1));
            return journal.Status.Available;
        });
        Assert.Equal(0, journal.Store.Groups.Last());
    }

    [Fact]
    public async Task Stop_EventsInTheQueue_CommitsThemFirst()
    {
        await using var journal = await JournalHarness.StartAsync();
        var appends = new List<Task<Receipt?>> { await journal.OccupyWriterAsync() };
        appends.AddRange(Enumerable.Range(0, 25).Select(n => journal.AppendAsync($"e{n}")));
        var stop = journal.Writer.StopAsync(TestContext.Current.CancellationToken);
        Assert.False(stop.IsCompleted);
        Assert.Null(await journal.AppendAsync("too late"));
        journal.Store.Release();
        await stop;
        Assert.All(await Task.WhenAll(appends), receipt => Assert.NotNull(receipt));
        Assert.Equal(26, journal.Store.Stored.Count);
    }
}
