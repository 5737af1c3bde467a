namespace Eventicat.EventSink.Storage;

internal sealed record StoredEvent(Receipt Receipt, NewEvent Event);
