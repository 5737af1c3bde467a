using Microsoft.Extensions.Configuration;

namespace Eventicat.Hosting.Configuration;

/// <summary>
/// Defaults that apply together, and only while nothing is configured that takes their place, at the start and after
/// every change. Merged into an operator's own settings, they would leave routes and listeners open that nobody asked for.
/// </summary>
/// <param name="configuration">The whole configuration. Whatever source names something takes the place of the defaults.</param>
/// <param name="section">Whose members they are, such as <c>Kestrel:Endpoints</c>.</param>
/// <param name="settings">The defaults, by their keys below the section.</param>
/// <param name="isInstead">Which members take their place; any by default.</param>
public sealed class StandInSettings(
    IConfigurationRoot configuration, string section, IReadOnlyDictionary<string, string?> settings, Func<string, bool>? isInstead = null)
    : IConfigurationSource
{
    /// <summary>
    /// An endpoint that stands as long as no other of its kind is named: whoever adds an https endpoint would otherwise
    /// go on taking keys over plain HTTP beside it. Naming the endpoint itself only changes it.
    /// </summary>
    /// <param name="configuration">The whole configuration.</param>
    /// <param name="name">Of the endpoint.</param>
    /// <param name="url">Where it listens.</param>
    /// <param name="isOfItsKind">Which endpoints serve the same; all by default.</param>
    public static StandInSettings ForEndpoint(IConfigurationRoot configuration, string name, string url, Func<string, bool>? isOfItsKind = null) => new(
        configuration,
        "Kestrel:Endpoints",
        new Dictionary<string, string?>(StringComparer.Ordinal) { [$"{name}:Url"] = url },
        other => !other.Equals(name, StringComparison.OrdinalIgnoreCase) && (isOfItsKind?.Invoke(other) ?? true));

    public IConfigurationProvider Build(IConfigurationBuilder builder) => new Provider(this);

    /// <summary>Asked each time: there is no order in which providers are told of a change.</summary>
    private bool Stand() => !configuration.Providers
        .Where(provider => provider is not Provider)
        .SelectMany(provider => provider.GetChildKeys([], section).Where(name => Says(provider, $"{section}:{name}")))
        .Any(name => isInstead?.Invoke(name) ?? true);

    /// <summary>A member that is empty or <c>null</c> has a name and nothing else; nobody who reads settings sees it.</summary>
    private static bool Says(IConfigurationProvider provider, string key) =>
        (provider.TryGet(key, out var value) && value is not null)
        || provider.GetChildKeys([], key).Distinct(StringComparer.OrdinalIgnoreCase).Any(child => Says(provider, $"{key}:{child}"));

    private sealed class Provider : ConfigurationProvider
    {
        private readonly StandInSettings _source;

        public Provider(StandInSettings source)
        {
            _source = source;
            Data = source.Keyed();
        }

        public override bool TryGet(string key, out string? value) => base.TryGet(key, out value) && _source.Stand();

        public override IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath) =>
            _source.Stand() ? base.GetChildKeys(earlierKeys, parentPath) : earlierKeys;
    }

    private Dictionary<string, string?> Keyed() =>
        settings.ToDictionary(setting => $"{section}:{setting.Key}", setting => setting.Value, StringComparer.OrdinalIgnoreCase);
}
