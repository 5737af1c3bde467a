namespace Eventicat.EventSink.Storage;

/// <summary>
/// Where events live. One writer thread opens and commits; any thread reads.
/// Every call may throw <see cref="EventStoreUnavailableException"/>.
/// </summary>
internal interface IEventStore : IDisposable
{
    /// <returns>The id of the newest event, or null: ids go on growing from it.</returns>
    Guid? Open();

    /// <summary>
    /// Stores a group whole or not at all, and returns only when it is synced to disk. An event whose account and
    /// request id are stored already, or occur earlier in the group, is left out and gets the first one's receipt.
    /// After a failure nothing that was not synced is relied upon; the next call starts from what is on disk, and with
    /// an empty group does only that.
    /// </summary>
    /// <returns>One receipt an entry, in the same order.</returns>
    Receipt[] Commit(IReadOnlyList<EventEntry> group);

    /// <summary>Events of an owner, newest first. Sees every commit that has returned, and never holds one up.</summary>
    Task<EventPage> ReadAsync(EventQuery query, CancellationToken cancellationToken);
}

/// <summary>Which events to read.</summary>
/// <param name="Owner">Whose.</param>
/// <param name="Limit">How many at most.</param>
/// <param name="Name">Of this name only; null for all.</param>
/// <param name="Before">Older than this position only, which came with an earlier page; null for the newest.</param>
internal sealed record EventQuery(EventOwner Owner, int Limit, string? Name = null, long? Before = null);

/// <param name="Events">Newest first.</param>
/// <param name="Next">The position that the next, older page starts before; null at the end.</param>
internal sealed record EventPage(IReadOnlyList<StoredEvent> Events, long? Next);

internal sealed record StoredEvent(Receipt Receipt, NewEvent Event);

/// <summary>The store cannot be read or written now. The message is for the operator, never for a client.</summary>
internal sealed class EventStoreUnavailableException : Exception
{
    public EventStoreUnavailableException()
    {
    }

    public EventStoreUnavailableException(string message)
        : base(message)
    {
    }

    public EventStoreUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
