using System.Diagnostics.Metrics;
using System.Net;
using Eventicat.EventSink.Observability;
using Eventicat.EventSink.Storage;
using Eventicat.EventSink.Tests.Storage;
using Eventicat.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Eventicat.EventSink.Tests.Http;

public sealed class GroupCommitTests
{
    [Fact]
    public async Task Event_ManyAtOnce_TakeFarFewerCommits()
    {
        using var store = new StubEventStore();
        await using var sink = await SinkHost.StartAsync(services => services.AddSingleton<IEventStore>(store));
        using var counters = new CounterListener(sink.Meters);
        store.Block();
        var requests = new List<Task<SinkAnswer>> { sink.GetAsync("/api/event?name=first") };
        await Eventually.TrueAsync(() => store.Entered == 1);
        requests.AddRange(Enumerable.Range(1, 199).Select(n => sink.GetAsync($"/api/event?name=e{n}")));
        await Eventually.TrueAsync(() => sink.Queued == 199);
        store.Release();
        Assert.All(await Task.WhenAll(requests), answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        await Eventually.TrueAsync(() => counters["eventicat.sink.events"] == 200);
        Assert.Equal(2, counters["eventicat.sink.commits"]);
    }

    private sealed class CounterListener : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly Dictionary<string, long> _totals = new(StringComparer.Ordinal);
        private readonly Lock _lock = new();

        public CounterListener(IMeterFactory meters)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (string.Equals(instrument.Meter.Name, EventSinkMetrics.MeterName, StringComparison.Ordinal) && instrument.Meter.Scope == meters)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>(Add);
            _listener.Start();
        }

        public long this[string name]
        {
            get
            {
                lock (_lock)
                {
                    return _totals.GetValueOrDefault(name);
                }
            }
        }

        public void Dispose() => _listener.Dispose();

        private void Add(Instrument instrument, long measurement, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
        {
            lock (_lock)
            {
                _totals[instrument.Name] = _totals.GetValueOrDefault(instrument.Name) + measurement;
            }
        }
    }
}
