using System.Text.Json;
using Eventicat.EventSink.Errors;
using Eventicat.EventSink.Journal;
using Eventicat.Hosting.Logging;

namespace Eventicat.EventSink.Observability;

internal static class HealthEndpoints
{
    public static void MapHealth(this WebApplication app)
    {
        var store = app.Services.GetRequiredService<JournalStatus>();
        var log = app.Services.GetRequiredService<LogWriter>();
        var stopping = app.Lifetime.ApplicationStopping;
        app.MapGet("/health/live", (RequestDelegate)(context =>
            context.Response.AnswerAsync(StatusCodes.Status200OK, """{"status":"live"}"""u8.ToArray())));
        app.MapGet("/health/ready", (RequestDelegate)(context =>
            AnswerReadyAsync(context.Response, store.Available, log.Flow, stopping.IsCancellationRequested)));
    }

    private static Task AnswerReadyAsync(HttpResponse response, bool storeAvailable, LogFlow log, bool stopping)
    {
        var serves = storeAvailable && !stopping;
        var members = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["status"] = !serves ? "unavailable" : log is LogFlow.Flowing ? "ready" : "degraded",
            ["store"] = storeAvailable ? "ready" : "unavailable",
            ["log"] = log.Name(),
        };
        return response.AnswerAsync(
            serves ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, JsonSerializer.SerializeToUtf8Bytes(members));
    }
}
