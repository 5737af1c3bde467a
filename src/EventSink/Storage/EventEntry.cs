namespace Eventicat.EventSink.Storage;

/// <summary>An event and the receipt it gets if it is new.</summary>
internal readonly record struct EventEntry(NewEvent Event, Receipt Receipt);
