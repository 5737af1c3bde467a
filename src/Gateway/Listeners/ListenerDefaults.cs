using Eventicat.Hosting.Configuration;

namespace Eventicat.Gateway.Listeners;

/// <summary>The endpoints that apply as long as the configuration names none of their kind.</summary>
internal static class ListenerDefaults
{
    public static IEnumerable<StandInSettings> Of(IConfigurationRoot configuration) =>
    [
        StandInSettings.ForEndpoint(configuration, "Public", "http://*:8080", static name => !ListenersExtensions.IsManagement(name)),
        StandInSettings.ForEndpoint(configuration, "Management", "http://127.0.0.1:8081", ListenersExtensions.IsManagement),
    ];
}
