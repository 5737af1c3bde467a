namespace Eventicat.EventSink.Storage;

/// <param name="Events">Newest first.</param>
/// <param name="Next">The position that the next, older page starts before; null at the end.</param>
internal sealed record EventPage(IReadOnlyList<StoredEvent> Events, long? Next);
