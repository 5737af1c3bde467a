using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Eventicat.Hosting.Health;

/// <summary>The answer to a probe as JSON: <c>status</c> and a member for each dependency, never an exception's text.</summary>
internal static class HealthAnswer
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
            members[name] = Describe(entry);
        }

        return WriteAsync(context, members);
    }

    /// <summary>The platform takes the message of an exception for the description of a check that has failed with it.</summary>
    private static string Describe(HealthReportEntry entry) => entry switch
    {
        { Exception: null, Description: { } description } => description,
        { Status: HealthStatus.Healthy } => "ok",
        { Status: HealthStatus.Degraded } => "degraded",
        _ => "failed",
    };

    private static async Task WriteAsync(HttpContext context, Dictionary<string, string> members)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(members);
        var response = context.Response;
        response.Headers.CacheControl = "no-store";
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = json.Length;
        await response.Body.WriteAsync(json, context.RequestAborted);
    }
}
