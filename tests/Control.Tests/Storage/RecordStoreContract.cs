using Eventicat.Control.Storage;
using Eventicat.Control.Tests.TestSupport;

namespace Eventicat.Control.Tests.Storage;

public abstract class RecordStoreContract(ControlPlace place) : ControlContract(place)
{
    private const string Kind = RecordKind.Request;

    [Fact]
    public async Task Put_TwentyWritersAtOnce_LosesNothing()
    {
        var stores = Enumerable.Range(0, 4).Select(_ => Place.Open().Records).ToArray();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => AddAsync(stores[i % stores.Length], i), Token)));

        var record = await stores[0].FindAsync(Kind, "one", Token);
        Assert.Equal(20, record!.Version);
        Assert.Equal(Enumerable.Range(0, 20), record.Json.Split(' ').Select(int.Parse).Order());
    }

    [Fact]
    public async Task Put_OtherVersionThanStored_IsRefused()
    {
        var records = Place.Open().Records;

        Assert.False(await records.TryPutAsync(Kind, new StoredRecord("one", 1, "{}"), expires: null, Token));
        Assert.True(await records.TryPutAsync(Kind, new StoredRecord("one", 0, "first"), expires: null, Token));
        Assert.False(await records.TryPutAsync(Kind, new StoredRecord("one", 0, "again"), expires: null, Token));
        Assert.True(await records.TryPutAsync(Kind, new StoredRecord("one", 1, "second"), expires: null, Token));
        Assert.False(await records.TryPutAsync(Kind, new StoredRecord("one", 1, "late"), expires: null, Token));

        Assert.Equal(new StoredRecord("one", 2, "second"), await records.FindAsync(Kind, "one", Token));
        Assert.Null(await records.FindAsync(RecordKind.Token, "one", Token));
    }

    [Fact]
    public async Task Put_Expired_IsAsIfItHadNeverBeen()
    {
        var records = Place.Open().Records;

        Assert.True(await records.TryPutAsync(Kind, new StoredRecord("past", 0, "{}"), Place.Time.GetUtcNow().AddMinutes(-1), Token));

        Assert.Null(await records.FindAsync(Kind, "past", Token));
        Assert.False(await records.TryPutAsync(Kind, new StoredRecord("past", 1, "{}"), expires: null, Token));
        Assert.True(await records.TryPutAsync(Kind, new StoredRecord("past", 0, "new"), expires: null, Token));
        Assert.Equal(new StoredRecord("past", 1, "new"), await records.FindAsync(Kind, "past", Token));
    }

    [Fact]
    public async Task Put_ThatWillExpire_IsFoundAndNotListed()
    {
        var records = Place.Open().Records;
        var later = Place.Time.GetUtcNow().AddHours(1);
        await records.TryPutAsync(Kind, new StoredRecord("new", 0, "{}"), later, Token);
        await records.TryPutAsync(Kind, new StoredRecord("listed", 0, "{}"), expires: null, Token);
        await records.TryPutAsync(Kind, new StoredRecord("listed", 1, "{}"), later, Token);
        await records.TryPutAsync(Kind, new StoredRecord("kept", 0, "{}"), later, Token);
        await records.TryPutAsync(Kind, new StoredRecord("kept", 1, "{}"), expires: null, Token);

        Assert.NotNull(await records.FindAsync(Kind, "new", Token));
        Assert.NotNull(await records.FindAsync(Kind, "listed", Token));
        Assert.Equal(["kept"], (await records.ListAsync(Kind, after: null, 10, Token)).Select(record => record.Id));
    }

    [Fact]
    public async Task List_InPages_GivesEachOnceInOrdinalOrder()
    {
        var records = Place.Open().Records;
        string[] ids = ["b", "a", "B", "_", "10", "9", "ab", "a@b.example"];
        foreach (var id in ids)
        {
            await records.TryPutAsync(Kind, new StoredRecord(id, 0, id), expires: null, Token);
        }

        await records.TryPutAsync(RecordKind.Token, new StoredRecord("other-kind", 0, "{}"), expires: null, Token);

        var listed = new List<StoredRecord>();
        while (await records.ListAsync(Kind, listed.LastOrDefault()?.Id, 3, Token) is { Count: > 0 } page)
        {
            Assert.InRange(page.Count, 1, 3);
            listed.AddRange(page);
        }

        Assert.Equal(ids.Order(StringComparer.Ordinal), listed.Select(record => record.Id));
        Assert.All(listed, record => Assert.Equal(record.Id, record.Json));
    }

    [Fact]
    public async Task Delete_Record_IsGoneAndMayComeBack()
    {
        var records = Place.Open().Records;
        await records.TryPutAsync(Kind, new StoredRecord("one", 0, "{}"), expires: null, Token);

        Assert.True(await records.DeleteAsync(Kind, "one", Token));
        Assert.False(await records.DeleteAsync(Kind, "one", Token));
        Assert.Null(await records.FindAsync(Kind, "one", Token));
        Assert.Empty(await records.ListAsync(Kind, after: null, 10, Token));
        Assert.False(await records.TryPutAsync(Kind, new StoredRecord("one", 1, "{}"), expires: null, Token));
        Assert.True(await records.TryPutAsync(Kind, new StoredRecord("one", 0, "{}"), expires: null, Token));
    }

    private static async Task AddAsync(IRecordStore records, int number)
    {
        while (true)
        {
            var before = await records.FindAsync(Kind, "one", Token) ?? new StoredRecord("one", 0, "");
            var after = before with { Json = before.Json.Length == 0 ? $"{number}" : $"{before.Json} {number}" };
            if (await records.TryPutAsync(Kind, after, expires: null, Token))
            {
                return;
            }
        }
    }
}
