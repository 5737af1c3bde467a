using System.Diagnostics.Metrics;

namespace Eventicat.EventSink.Observability;

internal sealed class EventSinkMetrics
{
    public const string MeterName = "Eventicat.EventSink";

    private readonly Counter<long> _commits;
    private readonly Counter<long> _events;
    private readonly Counter<long> _refused;
    private readonly Histogram<double> _duration;

    public EventSinkMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(MeterName);
        _commits = meter.CreateCounter<long>("eventicat.sink.commits", "{commit}", "Groups committed, by outcome");
        _events = meter.CreateCounter<long>("eventicat.sink.events", "{event}", "Events answered after a commit, by outcome");
        _refused = meter.CreateCounter<long>("eventicat.sink.refused", "{event}", "Events refused because the queue was full or closed");
        _duration = meter.CreateHistogram<double>("eventicat.sink.commit.duration", "s", "Time to write and sync a group");
    }

    public void EventRefused() => _refused.Add(1);

    public void GroupCommitted(int events, bool succeeded, TimeSpan duration)
    {
        var outcome = new KeyValuePair<string, object?>("outcome", succeeded ? "stored" : "failed");
        _commits.Add(1, outcome);
        _events.Add(events, outcome);
        _duration.Record(duration.TotalSeconds, outcome);
    }
}
