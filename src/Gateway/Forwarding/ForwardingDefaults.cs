namespace Eventicat.Gateway.Forwarding;

/// <summary>
/// The routes and the destination that apply as long as the configuration names none, at the start and after every
/// change. Merging ours into an operator's would leave routes open that nobody asked for.
/// </summary>
internal sealed class ForwardingDefaults : IConfigurationSource
{
    private const string Routes = ForwardingConstants.Section + ":Routes";
    private const string Destinations = ForwardingConstants.Section + ":Clusters:events:Destinations";

    private static readonly Dictionary<string, string?> Settings = new(StringComparer.OrdinalIgnoreCase)
    {
        [$"{Routes}:events-read:ClusterId"] = "events",
        [$"{Routes}:events-read:Match:Path"] = "/api/events/{**rest}",
        [$"{Routes}:events-read:Match:Methods:0"] = "GET",
        [$"{Routes}:events-read:Match:Methods:1"] = "HEAD",
        [$"{Routes}:events-read:Metadata:Scope"] = "read",
        [$"{Routes}:events:ClusterId"] = "events",
        [$"{Routes}:events:Match:Path"] = "/api/{**rest}",
        [$"{Destinations}:sink:Address"] = "http://127.0.0.1:8090",
    };

    public static void AddTo(IConfigurationManager configuration) => configuration.Sources.Insert(0, new ForwardingDefaults());

    /// <summary>The section as it is meant: without the defaults of what an operator configures.</summary>
    public static Dictionary<string, string?> Read(IConfigurationRoot configuration)
    {
        var settings = configuration.GetSection(ForwardingConstants.Section).AsEnumerable()
            .Where(setting => setting.Value is not null)
            .ToDictionary(StringComparer.OrdinalIgnoreCase);
        List<IConfigurationProvider> others = [.. configuration.Providers.Where(provider => provider is not Provider)];
        foreach (var replaceable in new[] { Routes, Destinations })
        {
            if (!others.Exists(provider => provider.GetChildKeys([], replaceable).Any()))
            {
                continue;
            }

            foreach (var key in Settings.Keys.Where(key => key.StartsWith(replaceable, StringComparison.Ordinal)))
            {
                if (!others.Exists(provider => provider.TryGet(key, out _)))
                {
                    settings.Remove(key);
                }
            }
        }

        return settings;
    }

    public IConfigurationProvider Build(IConfigurationBuilder builder) => new Provider();

    private sealed class Provider : ConfigurationProvider
    {
        public Provider() => Data = new Dictionary<string, string?>(Settings, StringComparer.OrdinalIgnoreCase);
    }
}
