using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serilog;
using Serilog.Core;
using Serilog.Formatting.Compact;

namespace Eventicat.Hosting.Logging;

public static class LoggingExtensions
{
    /// <summary>Lines wait here for the writer; when it cannot keep up, requests wait rather than lines getting lost.</summary>
    private const int BufferedLines = 10_000;

    /// <summary>Masked JSON lines to standard output, or to the <see cref="ILogEventSink"/> that is registered.</summary>
    public static IServiceCollection AddMaskedLogging(this IServiceCollection services, IConfiguration configuration) =>
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
}
