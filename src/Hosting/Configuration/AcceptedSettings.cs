using Microsoft.Extensions.Configuration;

namespace Eventicat.Hosting.Configuration;

/// <summary>
/// Settings as they were when they last had no errors. A library that takes a change over piece by piece, or not at all
/// but with a stack trace, reads these instead of the configuration and so never sees a state that was not checked.
/// </summary>
public sealed class AcceptedSettings : IDisposable
{
    private readonly Copy _copy;
    private readonly ConfigurationRoot _root;

    public AcceptedSettings(Func<IReadOnlyDictionary<string, string?>> read)
    {
        Read = read;
        _copy = new Copy(read());
        _root = new ConfigurationRoot([_copy]);
    }

    /// <value>What is in force. Tells of changes as any configuration does.</value>
    public IConfiguration Configuration => _root;

    /// <value>Whether the configuration has errors since, so that these settings are no longer what it says.</value>
    public bool IsStale { get; internal set; }

    /// <value>Reads what the configuration says now, under the same keys.</value>
    internal Func<IReadOnlyDictionary<string, string?>> Read { get; }

    /// <summary>The same keys, to be checked before anybody depends on them.</summary>
    public static IConfigurationRoot ToConfiguration(IReadOnlyDictionary<string, string?> settings) => new ConfigurationRoot([new Copy(settings)]);

    /// <summary>What is set of a section, by full keys.</summary>
    public static IReadOnlyDictionary<string, string?> Flatten(IConfiguration configuration, string section)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return configuration.GetSection(section).AsEnumerable()
            .Where(setting => setting.Value is not null)
            .ToDictionary(StringComparer.OrdinalIgnoreCase);
    }

    public void Dispose() => _root.Dispose();

    internal bool IsSame(IReadOnlyDictionary<string, string?> settings) => _copy.IsSame(settings);

    internal void Replace(IReadOnlyDictionary<string, string?> settings) => _copy.Replace(settings);

    private sealed class Copy : ConfigurationProvider
    {
        public Copy(IReadOnlyDictionary<string, string?> settings) => Set(settings);

        public bool IsSame(IReadOnlyDictionary<string, string?> settings) => settings.Count == Data.Count
            && settings.All(setting => Data.TryGetValue(setting.Key, out var value) && string.Equals(value, setting.Value, StringComparison.Ordinal));

        public void Replace(IReadOnlyDictionary<string, string?> settings)
        {
            Set(settings);
            OnReload();
        }

        private void Set(IReadOnlyDictionary<string, string?> settings) =>
            Data = new Dictionary<string, string?>(settings, StringComparer.OrdinalIgnoreCase);
    }
}
