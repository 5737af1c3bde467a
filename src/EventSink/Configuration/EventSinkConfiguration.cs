using Eventicat.Hosting.Configuration;

namespace Eventicat.EventSink.Configuration;

/// <summary>The sink's settings: its defaults, and what overrides them.</summary>
internal static class EventSinkConfiguration
{
    private static readonly Dictionary<string, string?> Defaults = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Serilog:MinimumLevel:Default"] = "Information",
        ["Serilog:MinimumLevel:Override:Microsoft"] = "Warning",
        ["Serilog:MinimumLevel:Override:System"] = "Warning",
        // Where it listens, and that it stops.
        ["Serilog:MinimumLevel:Override:Microsoft.Hosting.Lifetime"] = "Information",
        // A line with each probe; what is wrong is told once, where it begins.
        ["Serilog:MinimumLevel:Override:Microsoft.Extensions.Diagnostics.HealthChecks"] = "Fatal",
        // A failed start is told once, on stderr, in words; the host would add stack traces to the log.
        ["Serilog:MinimumLevel:Override:Microsoft.Extensions.Hosting.Internal.Host"] = "Fatal",
    };

    public static void AddSources(ConfigurationManager configuration, string[] args) => configuration.AddSources(
        Defaults,
        args,
        // The gateway's headers are believed, so only this machine may send them unless somebody decides otherwise.
        [StandInSettings.ForEndpoint(configuration, "Http", "http://127.0.0.1:8090")]);
}
