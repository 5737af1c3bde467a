namespace Eventicat.Gateway.Forwarding;

/// <summary>
/// The routes and the destination that apply as long as the configuration names none. Merging ours into an operator's
/// would leave routes open that nobody asked for.
/// </summary>
internal static class ForwardingDefaults
{
    private const string Routes = ForwardingConstants.Section + ":Routes";
    private const string Destinations = ForwardingConstants.Section + ":Clusters:events:Destinations";

    public static void AddTo(IConfigurationManager configuration)
    {
        var defaults = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        if (!configuration.GetSection(Routes).GetChildren().Any())
        {
            defaults[$"{Routes}:events-read:ClusterId"] = "events";
            defaults[$"{Routes}:events-read:Match:Path"] = "/api/events/{**rest}";
            defaults[$"{Routes}:events-read:Match:Methods:0"] = "GET";
            defaults[$"{Routes}:events-read:Match:Methods:1"] = "HEAD";
            defaults[$"{Routes}:events-read:Metadata:Scope"] = "read";
            defaults[$"{Routes}:events:ClusterId"] = "events";
            defaults[$"{Routes}:events:Match:Path"] = "/api/{**rest}";
        }

        if (!configuration.GetSection(Destinations).GetChildren().Any())
        {
            defaults[$"{Destinations}:sink:Address"] = "http://127.0.0.1:8090";
        }

        configuration.Sources.Insert(0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource { InitialData = defaults });
    }
}
