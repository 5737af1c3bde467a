namespace Eventicat.EventSink.Storage;

/// <summary>What a client gets for an event that is synced to disk.</summary>
internal readonly record struct Receipt(Guid Id, DateTimeOffset Received);
