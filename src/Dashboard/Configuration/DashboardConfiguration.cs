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
        // Where it listens, and that it stops.
        ["Serilog:MinimumLevel:Override:Microsoft.Hosting.Lifetime"] = "Information",
        // Its keys lie unencrypted beside the password hashes, in a store that has to be guarded anyhow.
        ["Serilog:MinimumLevel:Override:Microsoft.AspNetCore.DataProtection"] = "Error",
        // It says of each form that it makes a forbidden cache more forbidden.
        ["Serilog:MinimumLevel:Override:Microsoft.AspNetCore.Antiforgery"] = "Error",
        // A line with each probe; what is wrong is told once, where it begins.
        ["Serilog:MinimumLevel:Override:Microsoft.Extensions.Diagnostics.HealthChecks"] = "Fatal",
        // A failed start is told once, on stderr, in words; the host would add stack traces to the log.
        ["Serilog:MinimumLevel:Override:Microsoft.Extensions.Hosting.Internal.Host"] = "Fatal",
    };

    public static void AddSources(ConfigurationManager configuration, string[] args) => configuration.AddSources(
        Defaults, args, [StandInSettings.ForEndpoint(configuration, "Dashboard", "http://127.0.0.1:8082")]);
}
