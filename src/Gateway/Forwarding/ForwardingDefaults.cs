using Eventicat.Hosting.Configuration;

namespace Eventicat.Gateway.Forwarding;

/// <summary>The routes and the destination that apply as long as the configuration names none.</summary>
internal static class ForwardingDefaults
{
    private const string Routes = ForwardingConstants.Section + ":Routes";
    private const string Destinations = ForwardingConstants.Section + ":Clusters:events:Destinations";

    public static IEnumerable<StandInSettings> Of(IConfigurationRoot configuration) =>
    [
        new(configuration, Routes, new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["events-read:ClusterId"] = "events",
            ["events-read:Match:Path"] = "/api/events/{**rest}",
            ["events-read:Match:Methods:0"] = "GET",
            ["events-read:Match:Methods:1"] = "HEAD",
            ["events-read:Metadata:Scope"] = "read",
            ["events:ClusterId"] = "events",
            ["events:Match:Path"] = "/api/{**rest}",
        }),
        new(configuration, Destinations, new Dictionary<string, string?>(StringComparer.Ordinal) { ["sink:Address"] = "http://127.0.0.1:8090" }),
    ];
}
