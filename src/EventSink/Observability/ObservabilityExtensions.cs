namespace Eventicat.EventSink.Observability;

internal static class ObservabilityExtensions
{
    public static void AddSinkMetrics(this IServiceCollection services)
    {
        services.AddMetrics();
        services.AddSingleton<EventSinkMetrics>();
    }

    public static void UseAccessLog(this IApplicationBuilder app) => app.UseMiddleware<AccessLogMiddleware>();
}
