using Serilog;
using Serilog.Core;
using Serilog.Formatting.Compact;

namespace Eventicat.Gateway.Observability;

internal static class ObservabilityExtensions
{
    /// <summary>Lines wait here for the writer; when it cannot keep up, requests wait rather than lines getting lost.</summary>
    private const int BufferedLines = 10_000;

    /// <summary>JSON lines to standard output, or to the <see cref="ILogEventSink"/> that is registered.</summary>
    public static IServiceCollection AddObservability(this IServiceCollection services, IConfiguration configuration) =>
        services.AddSerilog(
            (provider, logger) =>
            {
                LogLevels.Apply(logger, configuration);
                logger.Enrich.With<RequestPathRemover>();
                var output = provider.GetService<ILogEventSink>()
                    ?? new MaskedOutput(new RenderedCompactJsonFormatter(), new StreamWriter(Console.OpenStandardOutput()));
                logger.WriteTo.Async(sinks => sinks.Sink(new BadRequestEvents(output)), BufferedLines, blockWhenFull: true);
            },
            preserveStaticLogger: true);

    public static IApplicationBuilder UseAccessLog(this IApplicationBuilder app) => app.UseMiddleware<AccessLogMiddleware>();
}
