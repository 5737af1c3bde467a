using Eventicat.EventSink.Journal;
using Eventicat.EventSink.Observability;
using Eventicat.EventSink.Storage;
using Eventicat.EventSink.Tests.Storage;
using Eventicat.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Eventicat.EventSink.Tests.Journal;

/// <summary>Queue and writer over a store that can be made to block and to fail.</summary>
internal sealed class JournalHarness : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public JournalHarness(int queueCapacity = 100, int maxBatch = 10, Guid? newest = null)
    {
        Store = new StubEventStore { Newest = newest };
        _services = new ServiceCollection()
            .AddMetrics()
            .AddLogging(logging => logging.AddProvider(Log.ToProvider()))
            .AddSingleton<EventSinkMetrics>()
            .AddSingleton(Options.Create(new StorageOptions { QueueCapacity = queueCapacity, MaxBatch = maxBatch }))
            .AddSingleton<IEventStore>(Store)
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton<JournalStatus>()
            .AddSingleton<EventJournal>()
            .AddSingleton<JournalWriter>()
            .BuildServiceProvider();
    }

    public StubEventStore Store { get; }

    public FakeTimeProvider Time { get; } = new(SampleEvents.Received);

    public CapturedLog Log { get; } = new();

    public EventJournal Journal => _services.GetRequiredService<EventJournal>();

    public JournalStatus Status => _services.GetRequiredService<JournalStatus>();

    public JournalWriter Writer => _services.GetRequiredService<JournalWriter>();

    public static async Task<JournalHarness> StartAsync(int queueCapacity = 100, int maxBatch = 10, Guid? newest = null)
    {
        var harness = new JournalHarness(queueCapacity, maxBatch, newest);
        await harness.Writer.StartAsync(TestContext.Current.CancellationToken);
        return harness;
    }

    public Task<Receipt?> AppendAsync(string name) => Journal.AppendAsync(SampleEvents.Named(name));

    /// <summary>Appends one event and waits until its commit is under way, so that all that follows waits in the queue.</summary>
    public async Task<Task<Receipt?>> OccupyWriterAsync()
    {
        Store.Block();
        var entered = Store.Entered;
        var first = AppendAsync("first");
        await Eventually.TrueAsync(() => Store.Entered > entered);
        return first;
    }

    public async ValueTask DisposeAsync()
    {
        Store.Release();
        await Writer.StopAsync(TestContext.Current.CancellationToken);
        await _services.DisposeAsync();
    }
}
