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
