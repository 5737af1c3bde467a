using Eventicat.Hosting.Logging;

namespace Eventicat.EventSink.Observability;

internal static class ObservabilitySetup
{
    public static void AddSinkObservability(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddMetrics();
        services.AddSingleton<EventSinkMetrics>();
        services.AddMaskedLogging(configuration);
    }

    public static void UseAccessLog(this IApplicationBuilder app) => app.UseMiddleware<AccessLogMiddleware>();
}
