using Eventicat.EventSink.Identity;

namespace Eventicat.EventSink.Ingestion;

internal static class IngestionExtensions
{
    private const string Route = "/api/event";

    public static void AddEventIngestion(this IServiceCollection services) => services.AddSingleton<IngestionHandler>();

    public static void MapEventIngestion(this WebApplication app)
    {
        var handler = app.Services.GetRequiredService<IngestionHandler>();
        app.MapGet(Route, handler.HandleGetAsync).RequireGatewayIdentity();
        app.MapPost(Route, handler.HandlePostAsync).RequireGatewayIdentity();
    }
}
