using Eventicat.EventSink.Storage;

namespace Eventicat.EventSink.Journal;

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
