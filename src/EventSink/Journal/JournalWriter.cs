using Eventicat.EventSink.Observability;
using Eventicat.EventSink.Storage;
using Eventicat.Hosting.Configuration;
using Microsoft.Extensions.Options;

namespace Eventicat.EventSink.Journal;

/// <summary>
/// Takes whatever waits, commits it as one group, and answers all of it. Under load the groups grow by themselves, so that
/// more events share the cost of a sync. The writer has a thread of its own, because a commit blocks.
/// </summary>
internal sealed partial class JournalWriter(
    EventJournal journal,
    IEventStore store,
    JournalStatus status,
    IOptions<StorageOptions> options,
    TimeProvider time,
    EventSinkMetrics metrics,
    ILogger<JournalWriter> logger) : IHostedService
{
    private static readonly TimeSpan RepairInterval = TimeSpan.FromSeconds(1);

    private readonly EventIdSequence _ids = new(time);
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <exception cref="InvalidConfigurationException">The store cannot be opened.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (Open() is { } newest)
        {
            _ids.ContinueAfter(newest);
        }

        status.Set(available: true);
        new Thread(Run) { Name = "Journal writer", IsBackground = true }.Start();
        return Task.CompletedTask;
    }

    /// <summary>Runs after the listener has stopped; the queue only gets shorter.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        journal.Close();
        return _drained.Task.WaitAsync(cancellationToken);
    }

    private Guid? Open()
    {
        try
        {
            return store.Open();
        }
        catch (EventStoreUnavailableException exception)
        {
            throw new InvalidConfigurationException(
                $"{StorageOptions.Section}:{nameof(StorageOptions.Path)}: '{options.Value.Path}' cannot be opened: {(exception.InnerException ?? exception).Message}", exception);
        }
    }

    private void Run()
    {
        var group = new List<PendingEvent>(options.Value.MaxBatch);
        while (WaitForEvents())
        {
            while (group.Count < group.Capacity && journal.Queue.TryRead(out var pending))
            {
                group.Add(pending);
            }

            Commit(group);
            group.Clear();
        }

        _drained.SetResult();
    }

    /// <summary>
    /// While the store is broken it is tried without events too: a sink that is not ready gets none, and would
    /// otherwise stay so for ever.
    /// </summary>
    private bool WaitForEvents()
    {
        var wait = journal.Queue.WaitToReadAsync().AsTask();
        while (!status.Available && !Completes(wait))
        {
            Commit([]);
        }

        return wait.GetAwaiter().GetResult();
    }

    private bool Completes(Task wait)
    {
        try
        {
            wait.WaitAsync(RepairInterval, time).GetAwaiter().GetResult();
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private void Commit(List<PendingEvent> group)
    {
        var started = time.GetTimestamp();
        try
        {
            var received = time.GetUtcNow();
            var receipts = store.Commit([.. group.Select(pending => new EventEntry(pending.Event, new Receipt(_ids.Next(), received)))]);
            for (var i = 0; i < receipts.Length; i++)
            {
                group[i].Acknowledge(receipts[i]);
            }

            Report(available: true, exception: null);
        }
        catch (Exception exception)
        {
            // Whatever it is: it must not end the writer, and nobody in the group may be told that it is stored.
            Report(available: false, exception);
            group.ForEach(pending => pending.Refuse());
        }

        if (group.Count > 0)
        {
            metrics.GroupCommitted(group.Count, status.Available, time.GetElapsedTime(started));
        }
    }

    private void Report(bool available, Exception? exception)
    {
        if (!status.Set(available))
        {
            return;
        }

        if (available)
        {
            Log.Recovered(logger);
        }
        else
        {
            Log.Failed(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, EventName = "Failed", Message = "The event store failed; events are answered 503 until it works again")]
        public static partial void Failed(ILogger logger, Exception? exception);

        [LoggerMessage(Level = LogLevel.Warning, EventName = "Recovered", Message = "The event store works again")]
        public static partial void Recovered(ILogger logger);
    }
}

/// <summary>Whether the last commit succeeded.</summary>
internal sealed class JournalStatus
{
    private volatile bool _available;

    public bool Available => _available;

    /// <returns>True if this changed it.</returns>
    public bool Set(bool available)
    {
        var changed = _available != available;
        _available = available;
        return changed;
    }
}
