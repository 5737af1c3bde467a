namespace Eventicat.Dashboard.Events;

/// <param name="Events">Newest first.</param>
/// <param name="Cursor">Of the next, older page; <c>null</c> at the end.</param>
internal sealed record EventPage(IReadOnlyList<StoredEvent> Events, string? Cursor);
