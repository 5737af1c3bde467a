using Eventicat.Hosting.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace Eventicat.Hosting.Logging;

public static class LoggingExtensions
{
    /// <summary>
    /// Masked JSON lines to standard output, or to the <see cref="ILogEventSink"/> that is registered. Registers the
    /// <see cref="LogWriter"/> behind them, for lines that are made otherwise.
    /// </summary>
    public static IServiceCollection AddMaskedLogging(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<ConfigurationCheck>(() => LogLevels.FindErrors(configuration));
        services.TryAddSingleton(provider => new MaskedOutput(
            new RenderedCompactJsonFormatter(), StandardOutputs.Output, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => provider.GetRequiredService<MaskedOutput>().Writer);
        // The static logger belongs to the process, which may host other services beside this one.
        return services.AddSerilog(
            (provider, logger) =>
            {
                LogLevels.Apply(logger, configuration);
                logger.Enrich.With(new RequestPathRemover());
                var output = provider.GetService<ILogEventSink>() ?? provider.GetRequiredService<MaskedOutput>();
                logger.WriteTo.Sink(new PlatformEvents(output));
            },
            preserveStaticLogger: true);
    }

    /// <summary>
    /// The host attaches the raw path to every event of a request. Clients put anything into a path, keys included; the
    /// access line has the route instead.
    /// </summary>
    private sealed class RequestPathRemover : ILogEventEnricher
    {
        public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory) =>
            logEvent.RemovePropertyIfPresent("RequestPath");
    }
}
