using Eventicat.Hosting.Configuration;

namespace Eventicat.Dashboard.Configuration;

/// <summary>The dashboard's settings: its defaults, and what overrides them.</summary>
internal static class DashboardConfiguration
{
    private static readonly Dictionary<string, string?> Defaults = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Serilog:MinimumLevel:Default"] = "Information",
        ["Serilog:MinimumLevel:Override:Microsoft"] = "Warning",
        ["Serilog:MinimumLevel:Override:System"] = "Warning",
        // Says where the dashboard listens, and that it stops.
        ["Serilog:MinimumLevel:Override:Microsoft.Hosting.Lifetime"] = "Information",
        // It warns that keys are stored unencrypted. They lie beside the password hashes, in a store that has to be protected anyway.
        ["Serilog:MinimumLevel:Override:Microsoft.AspNetCore.DataProtection"] = "Error",
        // It warns with each form that it sets Cache-Control to "no-cache, no-store", which was no-store before.
        ["Serilog:MinimumLevel:Override:Microsoft.AspNetCore.Antiforgery"] = "Error",
        // It writes a line with each probe. The part that fails logs its failure itself, once.
        ["Serilog:MinimumLevel:Override:Microsoft.Extensions.Diagnostics.HealthChecks"] = "Fatal",
        // A failed start is reported once, on stderr. The host would add stack traces to the log.
        ["Serilog:MinimumLevel:Override:Microsoft.Extensions.Hosting.Internal.Host"] = "Fatal",
    };

    public static void AddSources(ConfigurationManager configuration, string[] args) => configuration.AddSources(
        Defaults, args, [StandInSettings.ForEndpoint(configuration, "Dashboard", "http://127.0.0.1:8082")]);
}
