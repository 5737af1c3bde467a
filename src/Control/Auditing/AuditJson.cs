using System.Text.Json;
using System.Text.Json.Serialization;
using Eventicat.Accounts;

namespace Eventicat.Control.Auditing;

/// <summary>An entry as it is written into Redis.</summary>
internal sealed record AuditJson(DateTimeOffset Time, string Actor, string Action, string? Account, string Subject, string Detail)
{
    public static string Write(AuditEntry entry) => JsonSerializer.Serialize(
        new AuditJson(entry.Time, entry.Actor, entry.Action, entry.Account?.ToString(), entry.Subject, entry.Detail),
        AuditJsonContext.Default.AuditJson);

    public static AuditEntry Read(string json)
    {
        var read = JsonSerializer.Deserialize(json, AuditJsonContext.Default.AuditJson)!;
        return new(
            read.Time, read.Actor, read.Action, AccountId.TryParse(read.Account, out var account) ? account : null, read.Subject, read.Detail);
    }
}

[JsonSerializable(typeof(AuditJson))]
internal sealed partial class AuditJsonContext : JsonSerializerContext;
