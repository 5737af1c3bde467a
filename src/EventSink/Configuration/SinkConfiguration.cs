using Eventicat.Hosting.Configuration;

namespace Eventicat.EventSink.Configuration;

/// <summary>Where settings come from, later ones winning: here, <c>appsettings.json</c>, environment, command line, files.</summary>
internal static class SinkConfiguration
{
    public const string SecretsKey = "Secrets:Path";

    private static readonly Dictionary<string, string?> Defaults = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Storage:Path"] = "data",
        ["Serilog:MinimumLevel:Default"] = "Information",
        ["Serilog:MinimumLevel:Override:Microsoft"] = "Warning",
        ["Serilog:MinimumLevel:Override:System"] = "Warning",
        // Where it listens, and that it stops.
        ["Serilog:MinimumLevel:Override:Microsoft.Hosting.Lifetime"] = "Information",
        // A failed start is told once, on stderr, in words; the host would add a stack trace to the log.
        ["Serilog:MinimumLevel:Override:Microsoft.Extensions.Hosting.Internal.Host"] = "Fatal",
    };

    public static void AddSinkConfiguration(this ConfigurationManager configuration, string[] args)
    {
        // The gateway's headers are believed, so only this machine may send them unless somebody decides otherwise.
        configuration.Sources.Add(StandInSettings.ForEndpoint(configuration, "Http", "http://127.0.0.1:8090"));
        configuration.AddInMemoryCollection(Defaults);
        configuration.AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true, reloadOnChange: false);
        configuration.AddEnvironmentVariables();
        configuration.AddCommandLine(args);
        if (configuration[SecretsKey] is { Length: > 0 } secrets)
        {
            configuration.AddKeyPerFile(Path.GetFullPath(secrets), optional: true);
        }
    }
}
