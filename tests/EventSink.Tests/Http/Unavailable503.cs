using System.Net;
using Eventicat.EventSink.Storage;
using Eventicat.EventSink.Storage.Sqlite;
using Eventicat.EventSink.Tests.Storage;
using Eventicat.TestSupport;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Eventicat.EventSink.Tests.Http;

public sealed class Unavailable503
{
    private const string Body = """{"error":"Event store unavailable"}""";

    [Fact]
    public async Task Event_StoreFails_IsNotStoredAndTheSinkRecovers()
    {
        await using var sink = await SinkHost.StartAsync(settings: new KeyValuePair<string, string?>("Storage:BusyTimeout", "00:00:00.020"));
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(sink.Folder, SqliteDatabase.FileName)};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var held = connection.BeginTransaction(deferred: false);
            var answer = await sink.GetAsync("/api/event?name=lost", "r1");
            answer.ShouldBe(HttpStatusCode.ServiceUnavailable, Body);
            Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter?.Delta);
            (await sink.GetAsync("/health/ready")).ShouldBe(
                HttpStatusCode.ServiceUnavailable, """{"status":"unavailable","listeners":"ok","settings":"ok","lifetime":"running","log":"ok","store":"unavailable"}""");
            Assert.Equal(HttpStatusCode.OK, (await sink.GetAsync("/health/live")).Status);
            Assert.Empty(await sink.NamesAsync());
        }

        await Eventually.TrueAsync(async () => (await sink.GetAsync("/health/ready")).Status == HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.OK, (await sink.GetAsync("/api/event?name=kept", "r1")).Status);
        Assert.Equal(["kept"], await sink.NamesAsync());
    }

    [Fact]
    public async Task Event_QueueFull_IsRefusedAndNeverStored()
    {
        using var store = new StubEventStore();
        await using var sink = await StartAsync(store, new("Storage:QueueCapacity", "2"), new("Storage:MaxBatch", "1"));
        store.Block();
        var requests = new List<Task<SinkAnswer>> { sink.GetAsync("/api/event?name=e0") };
        await Eventually.TrueAsync(() => store.Entered == 1);
        requests.AddRange(Enumerable.Range(1, 3).Select(n => sink.GetAsync($"/api/event?name=e{n}")));
        var refused = await Task.WhenAny(requests);
        (await refused).ShouldBe(HttpStatusCode.ServiceUnavailable, Body);
        store.Release();
        var others = await Task.WhenAll(requests.Where(request => request != refused));
        Assert.All(others, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Equal(3, (await sink.NamesAsync()).Length);
    }

    [Fact]
    public async Task ListEvents_StoreFails_SaysSo()
    {
        using var store = new StubEventStore { Failure = new EventStoreUnavailableException("secret path") };
        await using var sink = await StartAsync(store);
        (await sink.GetAsync("/api/events")).ShouldBe(HttpStatusCode.ServiceUnavailable, Body);
    }

    [Fact]
    public async Task ListEvents_Defect_Is500WithoutItsText()
    {
        using var store = new StubEventStore { Failure = new InvalidOperationException("secret path") };
        await using var sink = await StartAsync(store);
        (await sink.GetAsync("/api/events")).ShouldBe(HttpStatusCode.InternalServerError, """{"error":"Internal error"}""");
    }

    [Fact]
    public async Task Stop_EventsUnderWay_AreCommittedAndAnswered()
    {
        using var store = new StubEventStore();
        await using var sink = await StartAsync(store);
        store.Block();
        var requests = new List<Task<SinkAnswer>> { sink.GetAsync("/api/event?name=e0") };
        await Eventually.TrueAsync(() => store.Entered == 1);
        requests.AddRange(Enumerable.Range(1, 19).Select(n => sink.GetAsync($"/api/event?name=e{n}")));
        await Eventually.TrueAsync(() => sink.Queued == 19);
        var stop = sink.StopAsync();
        Assert.False(stop.IsCompleted);
        store.Release();
        Assert.All(await Task.WhenAll(requests), answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        await stop;
        Assert.Equal(20, store.Stored.Count);
    }

    private static Task<SinkHost> StartAsync(StubEventStore store, params KeyValuePair<string, string?>[] settings) =>
        SinkHost.StartAsync(services => services.AddSingleton<IEventStore>(store), settings);
}
