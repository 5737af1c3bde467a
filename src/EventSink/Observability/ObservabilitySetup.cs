using Serilog;
using Serilog.Core;
using Serilog.Formatting.Compact;

namespace Eventicat.EventSink.Observability;

internal static class ObservabilitySetup
{
    public static void AddSinkObservability(this IServiceCollection services)
    {
        services.AddMetrics();
        services.AddSingleton<EventSinkMetrics>();
        // The static logger belongs to the process, which may host other services beside this one.
        services.AddSerilog(ConfigureLog, preserveStaticLogger: true);
    }

    public static void UseAccessLog(this IApplicationBuilder app) => app.UseMiddleware<AccessLogMiddleware>();

    private static void ConfigureLog(IServiceProvider services, LoggerConfiguration log)
    {
        log.ReadFrom.Configuration(services.GetRequiredService<IConfiguration>());
        log.Enrich.With<RequestPathRemover>();
        if (services.GetService<ILogEventSink>() is { } sink)
        {
            log.WriteTo.Sink(sink);
        }
        else
        {
            log.WriteTo.Async(stdout => stdout.Console(new RenderedCompactJsonFormatter()));
        }
    }
}
