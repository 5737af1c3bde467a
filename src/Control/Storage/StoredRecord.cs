namespace Eventicat.Control.Storage;

/// <param name="Id">Unique within its kind.</param>
/// <param name="Version">From 1, one more with each change.</param>
/// <param name="Json">The content.</param>
public sealed record StoredRecord(string Id, long Version, string Json);
