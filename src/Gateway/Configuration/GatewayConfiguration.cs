using Eventicat.Gateway.Forwarding;
using Eventicat.Gateway.Listeners;
using Eventicat.Hosting.Configuration;

namespace Eventicat.Gateway.Configuration;

/// <summary>The gateway's settings: its defaults, and what overrides them.</summary>
internal static class GatewayConfiguration
{
    private static readonly Dictionary<string, string?> Defaults = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Serilog:MinimumLevel:Default"] = "Information",
        ["Serilog:MinimumLevel:Override:Microsoft"] = "Warning",
        ["Serilog:MinimumLevel:Override:System"] = "Warning",
        ["Serilog:MinimumLevel:Override:Yarp"] = "Warning",
        // A warning with a stack trace per failed request; Forwarding says in one line why.
        ["Serilog:MinimumLevel:Override:Yarp.ReverseProxy.Forwarder"] = "Error",
        // It has a warning for each cookie that a client makes up.
        ["Serilog:MinimumLevel:Override:Yarp.ReverseProxy.SessionAffinity"] = "Error",
        // A stack trace for a change of routes that cannot be applied; Forwarding says in one line why.
        ["Serilog:MinimumLevel:Override:Yarp.ReverseProxy.Management.ProxyConfigManager"] = "Fatal",
        // Where it listens, and that it stops.
        ["Serilog:MinimumLevel:Override:Microsoft.Hosting.Lifetime"] = "Information",
        // A line with each probe; what is wrong is told once, where it begins.
        ["Serilog:MinimumLevel:Override:Microsoft.Extensions.Diagnostics.HealthChecks"] = "Fatal",
        // A failed start is told once, on stderr, in words; the host would add stack traces to the log.
        ["Serilog:MinimumLevel:Override:Microsoft.Extensions.Hosting.Internal.Host"] = "Fatal",
        // The platform's handler reports every refused key as news; the access line has it already.
        ["Serilog:MinimumLevel:Override:Eventicat.Gateway.Authentication"] = "Warning",
    };

    public static void AddSources(ConfigurationManager configuration, string[] args) => configuration.AddSources(
        Defaults, args, [.. ListenersExtensions.Defaults(configuration), .. ForwardingDefaults.Of(configuration)]);
}
