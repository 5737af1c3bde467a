using System.Net;

namespace Eventicat.EndToEnd.Tests.Sink;

/// <summary>A 200 of the sink is a promise: whatever happens to the process, the event is there, and there once.</summary>
public sealed class SinkDurabilityTests(ITestOutputHelper output)
{
    private const int Rounds = 20;
    private const int Seed = 20;

    [Fact]
    public async Task Kill_TwentyTimesUnderLoad_LosesAndDoublesNothing()
    {
        var random = new Random(Seed);
        await using var sink = new SinkProcess();
        var sent = new List<SentEvent>();
        var resent = 0;
        await sink.StartAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var load = new SinkLoad(sink.Client, $"r{round}");
            await load.RunUntilAcknowledgedAsync(random.Next(1, 1500));
            await sink.KillAsync();
            await load.EndAsync();
            sent.AddRange(load.Sent);

            await sink.StartAsync();
            AssertAcknowledgedAreStored(sink.Folder, sent);
            var unknown = load.Sent.Where(item => item.Id is null).ToArray();
            await Task.WhenAll(unknown.Select(item => item.SendAsync(sink.Client)));
            Assert.All(unknown, item => Assert.Equal(HttpStatusCode.OK, item.Status));
            resent += unknown.Length;
        }

        StoredRows.ShouldBeExactly(sink.Folder, sent);
        output.WriteLine($"{sent.Count} events acknowledged, {resent} of them only when sent again");
    }

    [Fact]
    public async Task Terminate_UnderLoad_CommitsWhatItAcknowledgesAndEndsInOrder()
    {
        await using var sink = new SinkProcess();
        await sink.StartAsync();
        var load = new SinkLoad(sink.Client, "term");
        await load.RunUntilAcknowledgedAsync(500);
        Assert.Equal(0, await sink.TerminateAsync());
        await load.EndAsync();
        Assert.False(File.Exists(Path.Combine(sink.Folder, "data", "events.db-wal")), "The log was not folded into the file");
        AssertAcknowledgedAreStored(sink.Folder, load.Sent);
    }

    [Fact]
    public async Task DiskFull_UnderLoad_Answers503AndKeepsWhatItAcknowledged()
    {
        await using var sink = new SinkProcess();
        await sink.StartAsync(maxFileKilobytes: 2048);
        var load = new SinkLoad(sink.Client, "full", padding: 10_000);
        await load.RunUntilAcknowledgedAsync(int.MaxValue);
        await load.EndAsync();
        Assert.All(load.Sent, item => Assert.True(item.Status is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable));
        using (var live = await sink.Client.GetAsync("/health/live", TestContext.Current.CancellationToken))
        {
            Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        }

        await sink.KillAsync();
        await sink.StartAsync();
        StoredRows.ShouldBeExactly(sink.Folder, load.Sent.Where(item => item.Status is HttpStatusCode.OK));
    }

    [Fact]
    public async Task Sync_Fails_NothingOfItIsAcknowledgedOrStored()
    {
        await using var sink = new SinkProcess();
        await sink.StartAsync();
        var load = new SinkLoad(sink.Client, "eio");
        await load.RunUntilAcknowledgedAsync(200);
        await using (await FailingSync.InjectAsync(sink.ProcessId))
        {
            await load.EndAsync();
        }

        Assert.All(load.Sent, item => Assert.True(item.Status is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable));
        await sink.ReadyAsync();
        var later = Enumerable.Range(0, 100).Select(n => new SentEvent($"later-{n}", post: false)).ToArray();
        await Task.WhenAll(later.Select(item => item.SendAsync(sink.Client)));
        Assert.All(later, item => Assert.Equal(HttpStatusCode.OK, item.Status));
        StoredRows.ShouldBeExactly(sink.Folder, [.. load.Sent.Where(item => item.Status is HttpStatusCode.OK), .. later]);
    }

    private static void AssertAcknowledgedAreStored(string folder, IReadOnlyCollection<SentEvent> sent)
    {
        var stored = StoredRows.Read(folder).ToDictionary(row => row.RequestId, StringComparer.Ordinal);
        Assert.All(
            sent.Where(item => item.Id is not null),
            item => Assert.Equal((item.RequestId, item.Id!, item.Name), stored.GetValueOrDefault(item.RequestId)));
        Assert.Subset(sent.Select(item => item.RequestId).ToHashSet(StringComparer.Ordinal), stored.Keys.ToHashSet(StringComparer.Ordinal));
    }
}
