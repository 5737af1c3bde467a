using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;

namespace Eventicat.Hosting.Configuration;

/// <summary>
/// Where a service's settings come from, later ones winning: the defaults in its assembly, <c>appsettings.json</c> in
/// the working directory, the environment, the command line, files named after keys in the folder <c>Secrets:Path</c>.
/// </summary>
public static class ConfigurationSources
{
    private const string SecretsPath = "Secrets:Path";

    /// <param name="configuration">Empty so far.</param>
    /// <param name="defaults">What holds where nothing else is said.</param>
    /// <param name="args">The command line: <c>--Section:Key=value</c>.</param>
    /// <param name="standIns">What holds as long as nothing of its kind is configured.</param>
    /// <exception cref="InvalidConfigurationException">The file or the folder cannot be read.</exception>
    public static void AddSources(
        this IConfigurationManager configuration,
        IEnumerable<KeyValuePair<string, string?>> defaults,
        string[] args,
        IEnumerable<StandInSettings> standIns)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(standIns);
        foreach (var standIn in standIns)
        {
            configuration.Sources.Add(standIn);
        }

        configuration.Sources.Add(new MemoryConfigurationSource { InitialData = defaults });
        configuration.Sources.Add(new WatchedJsonSource(Path.GetFullPath("appsettings.json")));
        configuration.AddEnvironmentVariables();
        configuration.AddCommandLine(args);
        if (configuration[SecretsPath] is { Length: > 0 } folder)
        {
            AddSecrets(configuration, folder);
        }
    }

    private static void AddSecrets(IConfigurationManager configuration, string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new InvalidConfigurationException($"{SecretsPath}: '{folder}' is not a folder.");
        }

        try
        {
            configuration.AddKeyPerFile(Path.GetFullPath(folder), optional: false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidConfigurationException($"{SecretsPath}: '{folder}' cannot be read: {exception.Message}", exception);
        }
    }
}
