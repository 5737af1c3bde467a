using System.Text.Json;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Eventicat.Gateway.Health;

/// <summary>The health endpoints' JSON: <c>status</c> and a member per dependency, never an exception's text.</summary>
internal static class ReadinessResponse
{
    public static Task WriteLiveAsync(HttpContext context) =>
        WriteAsync(context, new Dictionary<string, string>(StringComparer.Ordinal) { ["status"] = "live" });

    public static Task WriteReadyAsync(HttpContext context, HealthReport report)
    {
        var members = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["status"] = report.Status switch
            {
                HealthStatus.Healthy => "ready",
                HealthStatus.Degraded => "degraded",
                _ => "unavailable",
            },
        };
        foreach (var (name, entry) in report.Entries)
        {
            members[name] = entry.Description ?? (entry.Status == HealthStatus.Healthy ? "ok" : "failed");
        }

        return WriteAsync(context, members);
    }

    private static Task WriteAsync(HttpContext context, Dictionary<string, string> members)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        return JsonSerializer.SerializeAsync(context.Response.Body, members, cancellationToken: context.RequestAborted);
    }
}
