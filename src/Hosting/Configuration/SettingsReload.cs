using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace Eventicat.Hosting.Configuration;

/// <summary>
/// Takes changes of the configuration over into <see cref="AcceptedSettings"/>, whole or not at all. What is refused is
/// told with one line for each error, once, however often the file is written.
/// </summary>
/// <param name="configuration">The whole configuration.</param>
/// <param name="settings">What is to be kept like it.</param>
/// <param name="findErrors">What is wrong with settings that are to be taken over.</param>
/// <param name="logger">Is told.</param>
/// <param name="accept">Takes settings without errors over before anybody else sees them.</param>
/// <param name="name">How the settings are called in the line that says they were taken over; <c>null</c>: somebody else says it.</param>
public sealed partial class SettingsReload(
    IConfiguration configuration,
    AcceptedSettings settings,
    Func<IConfiguration, IEnumerable<string>> findErrors,
    ILogger<SettingsReload> logger,
    Action<IConfiguration>? accept = null,
    string? name = null) : IHostedService, IDisposable
{
    private readonly Lock _gate = new();
    private HashSet<string> _told = [];
    private IDisposable? _subscription;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription = ChangeToken.OnChange(configuration.GetReloadToken, Reload);
        // What was written since the settings were first read.
        Reload(isStart: true);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    /// <summary>Tries once more what was refused: some of it depends on more than the settings say.</summary>
    public void LookAgain()
    {
        if (settings.IsStale)
        {
            Reload();
        }
    }

    public void Dispose() => _subscription?.Dispose();

    private void Reload() => Reload(isStart: false);

    private void Reload(bool isStart)
    {
        lock (_gate)
        {
            var read = settings.Read();
            var isSame = settings.IsSame(read);
            var candidate = AcceptedSettings.ToConfiguration(read);
            HashSet<string> errors = isSame ? [] : [.. findErrors(candidate)];
            var (told, wasStale) = (_told, settings.IsStale);
            (_told, settings.IsStale) = (errors, errors.Count > 0);
            foreach (var error in errors.Except(told, StringComparer.Ordinal))
            {
                Log.Refused(logger, error);
            }

            if (wasStale && errors.Count == 0)
            {
                Log.Recovered(logger);
            }

            if (!isSame && errors.Count == 0)
            {
                accept?.Invoke(candidate);
                settings.Replace(read);
                if (name is not null && !isStart)
                {
                    Log.TakenOver(logger, name);
                }
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, EventName = "SettingsRefused",
            Message = "Settings were not taken over, the last good ones stay in force: {Error}")]
        public static partial void Refused(ILogger logger, string error);

        [LoggerMessage(Level = LogLevel.Information, EventName = "SettingsTakenOver", Message = "Changed settings were taken over: {Name}")]
        public static partial void TakenOver(ILogger logger, string name);

        [LoggerMessage(Level = LogLevel.Warning, EventName = "SettingsRecovered", Message = "Settings are taken over again")]
        public static partial void Recovered(ILogger logger);
    }
}
