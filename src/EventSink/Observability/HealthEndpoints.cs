using Eventicat.EventSink.Errors;
using Eventicat.EventSink.Journal;

namespace Eventicat.EventSink.Observability;

internal static class HealthEndpoints
{
    public static void MapHealth(this WebApplication app)
    {
        var status = app.Services.GetRequiredService<JournalStatus>();
        var stopping = app.Lifetime.ApplicationStopping;
        app.MapGet("/health/live", (RequestDelegate)(context =>
            context.Response.AnswerAsync(StatusCodes.Status200OK, """{"status":"live"}"""u8.ToArray())));
        app.MapGet("/health/ready", (RequestDelegate)(context =>
            AnswerReadyAsync(context.Response, status.Available, stopping.IsCancellationRequested)));
    }

    private static Task AnswerReadyAsync(HttpResponse response, bool storeAvailable, bool stopping) =>
        (storeAvailable, stopping) switch
        {
            (true, false) => response.AnswerAsync(
                StatusCodes.Status200OK, """{"status":"ready","store":"ready"}"""u8.ToArray()),
            (true, true) => response.AnswerAsync(
                StatusCodes.Status503ServiceUnavailable, """{"status":"unavailable","store":"ready"}"""u8.ToArray()),
            _ => response.AnswerAsync(
                StatusCodes.Status503ServiceUnavailable, """{"status":"unavailable","store":"unavailable"}"""u8.ToArray()),
        };
}
