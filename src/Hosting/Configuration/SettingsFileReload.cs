using Eventicat.Hosting.Files;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Eventicat.Hosting.Configuration;

/// <summary>
/// Looks at the settings' file twice a second, and logs which of its changes need a restart. Changes that are taken over
/// while the service runs are logged by whoever takes them.
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

/// <summary>The settings that are read at the start, and stay as they were then until the next.</summary>
/// <param name="configuration">The whole configuration, as it is at the start.</param>
/// <param name="followed">The sections whose changes are taken over.</param>
internal sealed class RestartSettings(IConfiguration configuration, IReadOnlyList<string> followed)
{
    private readonly Dictionary<string, string> _inForce = Read(configuration, followed);

    /// <summary>The keys whose values are others by now, whichever source wins; of a list, the list's.</summary>
    public IEnumerable<string> FindChanged()
    {
        var now = Read(configuration, followed);
        return _inForce.Keys.Union(now.Keys, StringComparer.OrdinalIgnoreCase)
            .Where(key => !string.Equals(_inForce.GetValueOrDefault(key), now.GetValueOrDefault(key), StringComparison.Ordinal))
            .Select(WithoutIndex)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Order(StringComparer.OrdinalIgnoreCase);
    }

    private static Dictionary<string, string> Read(IConfiguration configuration, IReadOnlyList<string> followed) => configuration.AsEnumerable()
        .Where(setting => setting.Value is not null
            && !followed.Any(section => setting.Key.StartsWith(section + ":", StringComparison.OrdinalIgnoreCase)))
        .ToDictionary(setting => setting.Key, setting => setting.Value!, StringComparer.OrdinalIgnoreCase);

    private static string WithoutIndex(string key)
    {
        var last = key.LastIndexOf(':');
        return last > 0 && key.AsSpan(last + 1).ContainsAnyExceptInRange('0', '9') ? key : last > 0 ? key[..last] : key;
    }
}

/// <summary>Settings that are no longer what their file says are worth a look, and no reason to stop.</summary>
internal sealed class SettingsHealthCheck(SettingsFileReload reload) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(reload.IsStale ? HealthCheckResult.Degraded("stale") : HealthCheckResult.Healthy("ok"));
}
