using System.Collections.Concurrent;
using Eventicat.EventSink.Storage;

namespace Eventicat.EventSink.Tests.Storage;

/// <summary>A store in memory that can be made to block and to fail.</summary>
internal sealed class StubEventStore : IEventStore
{
    private readonly ManualResetEventSlim _gate = new(initialState: true);
    private readonly ConcurrentQueue<EventEntry> _stored = [];
    private readonly ConcurrentQueue<int> _groups = [];
    private int _entered;

    public Exception? Failure { get; set; }

    public Guid? Newest { get; init; }

    public IReadOnlyCollection<EventEntry> Stored => _stored;

    /// <summary>Sizes of the groups given, failed ones too.</summary>
    public IReadOnlyCollection<int> Groups => _groups;

    /// <summary>Commits begun.</summary>
    public int Entered => Volatile.Read(ref _entered);

    public void Block() => _gate.Reset();

    public void Release() => _gate.Set();

    public Guid? Open() => Newest;

    public Receipt[] Commit(IReadOnlyList<EventEntry> group)
    {
        Interlocked.Increment(ref _entered);
        _gate.Wait();
        _groups.Enqueue(group.Count);
        if (Failure is { } failure)
        {
            throw failure;
        }

        foreach (var entry in group)
        {
            _stored.Enqueue(entry);
        }

        return [.. group.Select(entry => entry.Receipt)];
    }

    public Task<EventPage> ReadAsync(EventQuery query, CancellationToken cancellationToken) =>
        Failure is { } failure
            ? Task.FromException<EventPage>(failure)
            : Task.FromResult(new EventPage(
                [.. _stored.Where(entry => entry.Event.Owner == query.Owner).Reverse().Take(query.Limit).Select(entry => new StoredEvent(entry.Receipt, entry.Event))],
                Next: null));

    public void Dispose() => _gate.Set();
}
