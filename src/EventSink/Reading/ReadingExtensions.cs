using Eventicat.EventSink.Identity;

namespace Eventicat.EventSink.Reading;

internal static class ReadingExtensions
{
    public static void AddEventReading(this IServiceCollection services) => services.AddSingleton<ReadingHandler>();

    public static void MapEventReading(this WebApplication app) =>
        app.MapGet("/api/events", app.Services.GetRequiredService<ReadingHandler>().HandleAsync).RequireGatewayIdentity();
}
