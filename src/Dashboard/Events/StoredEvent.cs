using System.Text.Json;

namespace Eventicat.Dashboard.Events;

/// <summary>An event as the sink has it.</summary>
internal sealed record StoredEvent(
    string Id, string Name, DateTimeOffset Received, DateTimeOffset? Timestamp, double? Value, string? Description, JsonElement? Tags, JsonElement? Data);
