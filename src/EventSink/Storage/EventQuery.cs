namespace Eventicat.EventSink.Storage;

/// <summary>Which events to read.</summary>
/// <param name="Owner">Whose.</param>
/// <param name="Limit">How many at most.</param>
/// <param name="Name">Of this name only; null for all.</param>
/// <param name="Before">Older than this position only, which came with an earlier page; null for the newest.</param>
internal sealed record EventQuery(EventOwner Owner, int Limit, string? Name = null, long? Before = null);
