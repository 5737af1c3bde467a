using System.Text.Json;

namespace Eventicat.Dashboard.Admin.Leaks;

/// <summary>Keys that were found: one, or as secret scanners send them.</summary>
internal sealed record LeakReport(IReadOnlyList<string> Keys, bool IsList)
{
    /// <returns><c>null</c>: neither form.</returns>
    public static LeakReport? Read(JsonElement body) => body.ValueKind switch
    {
        JsonValueKind.Object => TextOf(body, "key") is { } key && body.EnumerateObject().Count() == 1 ? new LeakReport([key], IsList: false) : null,
        // Scanners add members as they see fit.
        JsonValueKind.Array => body.EnumerateArray().Select(found => found.ValueKind == JsonValueKind.Object ? TextOf(found, "token") : null).ToList()
            is var tokens && !tokens.Contains(null) ? new LeakReport(tokens!, IsList: true) : null,
        _ => null,
    };

    private static string? TextOf(JsonElement item, string member) =>
        item.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
