using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Eventicat.Hosting.Configuration;

/// <summary>Looks at the settings' files twice a second.</summary>
internal sealed partial class SettingsFileReload(IConfiguration configuration, TimeProvider time, ILogger<SettingsFileReload> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private string? _problem;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var file in ((IConfigurationRoot)configuration).Providers.OfType<WatchedJsonProvider>().ToList())
            {
                Reload(file);
            }
        }
    }

    private void Reload(WatchedJsonProvider file)
    {
        try
        {
            if (file.TryReload())
            {
                _problem = null;
                Log.Reloaded(logger, file.Path);
            }
        }
        catch (Exception exception) when (exception is InvalidConfigurationException or IOException or UnauthorizedAccessException)
        {
            if (exception.Message != _problem)
            {
                Log.NotReloaded(logger, exception.Message);
            }

            _problem = exception.Message;
        }
        catch (Exception exception)
        {
            // Whoever listens for changes may throw anything, and a service goes on with what it has.
            var causes = exception is AggregateException many ? many.Flatten().InnerExceptions : [exception];
            Log.NotTaken(logger, file.Path, string.Join("; ", causes.Select(cause => cause.Message)));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Read {File} again: what changed of routes, clusters and listeners is taken over if it has no errors")]
        public static partial void Reloaded(ILogger logger, string file);

        [LoggerMessage(2, LogLevel.Error, "{Problem}. The last good settings stay")]
        public static partial void NotReloaded(ILogger logger, string problem);

        [LoggerMessage(3, LogLevel.Error, "{File} was read again, and not everything in it could be used: {Problem}")]
        public static partial void NotTaken(ILogger logger, string file, string problem);
    }
}

public static class SettingsFileReloadExtensions
{
    /// <summary>Follows changes of <c>appsettings.json</c> while the service runs.</summary>
    public static IServiceCollection AddSettingsFileReload(this IServiceCollection services) => services.AddHostedService<SettingsFileReload>();
}
