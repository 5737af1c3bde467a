namespace Eventicat.Dashboard.Usage;

/// <summary>A page of keys that were used.</summary>
internal sealed record UsedKeys(IReadOnlyList<UsedKey> Keys, string? Next);
