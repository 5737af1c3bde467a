namespace Eventicat.EventSink.Storage;

/// <summary>Whom an event belongs to, and who may read it back. Both ids match <c>[A-Za-z0-9_-]{1,64}</c>.</summary>
internal sealed record EventOwner(string Account, string Aggregator);
