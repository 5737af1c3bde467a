using Eventicat.Hosting.Files;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Eventicat.Hosting.Configuration;

/// <summary>
/// Looks at the settings' file twice a second, and tells of what it says that only a restart brings into force. Who
/// takes over the rest tells of that.
/// </summary>
internal sealed partial class SettingsFileReload(
    IConfiguration configuration, RestartSettings restart, TimeProvider time, ILogger<SettingsFileReload> logger)
    : FileTicks(Interval, time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly FileLook _look = new(time);
    private volatile string? _problem;
    private string _told = "";

    /// <value>Whether the file says something else than what is in force, or nobody knows what it says.</value>
    public bool IsStale => _problem is not null || _look.IsHanging;

    protected override void Tick()
    {
        foreach (var file in ((IConfigurationRoot)configuration).Providers.OfType<WatchedJsonProvider>())
        {
            switch (_look.Tick(() => Look(file)))
            {
                case LookNews.Hangs:
                    Log.Hangs(logger, file.Path, FileLook.Patience);
                    break;
                case LookNews.Returned:
                    Log.Answers(logger, file.Path);
                    break;
            }
        }
    }

    private void Look(WatchedJsonProvider file)
    {
        try
        {
            var isChanged = file.TryReload();
            if (isChanged)
            {
                Log.Reloaded(logger, file.Path);
                TellOfRestart();
            }
            else if (_problem is not null)
            {
                Log.Mended(logger, file.Path);
            }

            _problem = null;
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

    private void TellOfRestart()
    {
        var changed = string.Join(", ", restart.FindChanged());
        if (changed.Length > 0 && changed != _told)
        {
            Log.NeedRestart(logger, changed);
        }

        _told = changed;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, EventName = "Reloaded",
            Message = "Read {File} again")]
        public static partial void Reloaded(ILogger logger, string file);

        [LoggerMessage(Level = LogLevel.Error, EventName = "NotReloaded",
            Message = "{Problem}. The last good settings stay")]
        public static partial void NotReloaded(ILogger logger, string problem);

        [LoggerMessage(Level = LogLevel.Error, EventName = "NotTaken",
            Message = "{File} was read again, and not everything in it could be used: {Problem}")]
        public static partial void NotTaken(ILogger logger, string file, string problem);

        [LoggerMessage(Level = LogLevel.Warning, EventName = "NeedRestart",
            Message = "Changed settings that are read at the start only, so that a restart is needed: {Keys}")]
        public static partial void NeedRestart(ILogger logger, string keys);

        [LoggerMessage(Level = LogLevel.Warning, EventName = "Mended",
            Message = "{File} can be read again, and says what is in force")]
        public static partial void Mended(ILogger logger, string file);

        [LoggerMessage(Level = LogLevel.Error, EventName = "Hangs",
            Message = "Reading {File} has not come to an end for {Patience}. The last good settings stay")]
        public static partial void Hangs(ILogger logger, string file, TimeSpan patience);

        [LoggerMessage(Level = LogLevel.Warning, EventName = "Answers",
            Message = "{File} answers again")]
        public static partial void Answers(ILogger logger, string file);
    }
}

public static class SettingsFileReloadExtensions
{
    /// <summary>Follows changes of <c>appsettings.json</c> while the service runs.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="configuration">The whole configuration. What it says when the service starts is in force.</param>
    /// <param name="followed">The sections whose changes are taken over.</param>
    public static IServiceCollection AddSettingsFileReload(this IServiceCollection services, IConfiguration configuration, params string[] followed)
    {
        services.AddSingleton(_ => new RestartSettings(configuration, followed));
        services.AddSingleton<SettingsFileReload>();
        services.AddHostedService(provider => provider.GetRequiredService<SettingsFileReload>());
        services.AddHealthChecks().Add(new HealthCheckRegistration(
            "settings", provider => new Check(provider.GetRequiredService<SettingsFileReload>()), failureStatus: null, tags: null));
        return services;
    }

    private sealed class Check(SettingsFileReload reload) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(reload.IsStale ? HealthCheckResult.Degraded("stale") : HealthCheckResult.Healthy("ok"));
    }
}
