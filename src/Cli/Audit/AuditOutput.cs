using System.Text.Json.Nodes;
using Eventicat.Cli.Output;
using Eventicat.Control.Auditing;

namespace Eventicat.Cli.Audit;

internal static class AuditOutput
{
    public static readonly string[] Columns = ["Time", "Who", "What", "Account", "Subject", "Detail"];

    public static JsonObject ToJson(AuditEntry entry) => new()
    {
        ["time"] = Formats.Moment(entry.Time),
        ["actor"] = entry.Actor,
        ["action"] = entry.Action,
        ["account"] = entry.Account?.ToString(),
        ["subject"] = entry.Subject,
        ["detail"] = entry.Detail,
    };

    public static string[] ToRow(AuditEntry entry) =>
    [
        Formats.Moment(entry.Time)!,
        entry.Actor,
        entry.Action,
        entry.Account?.ToString() ?? "-",
        entry.Subject,
        entry.Detail,
    ];
}
