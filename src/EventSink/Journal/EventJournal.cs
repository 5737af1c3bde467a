using System.Threading.Channels;
using Eventicat.EventSink.Observability;
using Eventicat.EventSink.Storage;
using Microsoft.Extensions.Options;

namespace Eventicat.EventSink.Journal;

/// <summary>The bounded queue in front of the writer.</summary>
internal sealed class EventJournal(IOptions<StorageOptions> options, EventSinkMetrics metrics)
{
    // Wait is the mode in which TryWrite says no to a full queue; the other modes drop events that were taken.
    private readonly Channel<PendingEvent> _queue = Channel.CreateBounded<PendingEvent>(
        new BoundedChannelOptions(options.Value.QueueCapacity) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    public ChannelReader<PendingEvent> Queue => _queue.Reader;

    /// <summary>
    /// Completes when the event is synced. Not cancellable: an event once taken is committed, whoever still waits.
    /// </summary>
    /// <returns>
    /// Null when the queue is full or closed, and then nothing was taken, or when the commit failed.
    /// </returns>
    public Task<Receipt?> AppendAsync(NewEvent item)
    {
        var pending = new PendingEvent(item);
        if (_queue.Writer.TryWrite(pending))
        {
            return pending.Receipt;
        }

        metrics.EventRefused();
        return Task.FromResult<Receipt?>(null);
    }

    /// <summary>Takes no more events; what was taken is still committed.</summary>
    public void Close() => _queue.Writer.TryComplete();
}

/// <summary>An event in the queue and the request that waits for it.</summary>
internal sealed class PendingEvent(NewEvent item)
{
    // Continuations elsewhere: the writer has the next group to commit, not answers to write.
    private readonly TaskCompletionSource<Receipt?> _receipt = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public NewEvent Event { get; } = item;

    public Task<Receipt?> Receipt => _receipt.Task;

    public void Acknowledge(Receipt receipt) => _receipt.SetResult(receipt);

    public void Refuse() => _receipt.SetResult(null);
}
