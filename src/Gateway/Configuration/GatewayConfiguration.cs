using Eventicat.Gateway.Forwarding;
using Microsoft.Extensions.Configuration.Memory;

namespace Eventicat.Gateway.Configuration;

/// <summary>
/// Where settings come from, later ones winning: the defaults in this assembly, <c>appsettings.json</c> in the working
/// directory, the environment, the command line, files named after keys in the folder <c>Secrets:Path</c>.
/// </summary>
internal static class GatewayConfiguration
{
    private const string SecretsPath = "Secrets:Path";

    private static readonly Dictionary<string, string?> Defaults = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Kestrel:Endpoints:Public:Url"] = "http://*:8080",
        ["Kestrel:Endpoints:Management:Url"] = "http://127.0.0.1:8081",
        ["Serilog:MinimumLevel:Default"] = "Information",
        ["Serilog:MinimumLevel:Override:Microsoft"] = "Warning",
        ["Serilog:MinimumLevel:Override:System"] = "Warning",
        ["Serilog:MinimumLevel:Override:Yarp"] = "Warning",
        // Where it listens, and that it stops.
        ["Serilog:MinimumLevel:Override:Microsoft.Hosting.Lifetime"] = "Information",
        // A failed start is told once, on stderr, in words; the host would add stack traces to the log.
        ["Serilog:MinimumLevel:Override:Microsoft.Extensions.Hosting.Internal.Host"] = "Fatal",
        // The platform's handler reports every refused key as news; the access line has it already.
        ["Serilog:MinimumLevel:Override:Eventicat.Gateway.Authentication"] = "Warning",
    };

    public static void AddSources(IConfigurationManager configuration, string[] args)
    {
        configuration.Sources.Add(new MemoryConfigurationSource { InitialData = Defaults });
        configuration.AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true, reloadOnChange: true);
        configuration.AddEnvironmentVariables();
        configuration.AddCommandLine(args);
        if (configuration[SecretsPath] is { Length: > 0 } folder)
        {
            configuration.AddKeyPerFile(Path.GetFullPath(folder), optional: false);
        }
    }

    /// <summary>Adds the defaults that depend on what else is configured.</summary>
    public static void Complete(IConfigurationManager configuration) => ForwardingDefaults.AddTo(configuration);
}
