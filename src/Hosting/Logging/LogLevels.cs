using Microsoft.Extensions.Configuration;
using Serilog;
using Serilog.Events;

namespace Eventicat.Hosting.Logging;

/// <summary>
/// <c>Serilog:MinimumLevel:Default</c> and <c>:Override:*</c>. Nothing else of Serilog's configuration is read: a sink
/// added there would write past the mask.
/// </summary>
public static class LogLevels
{
    private const string Section = "Serilog:MinimumLevel";

    public static void Apply(LoggerConfiguration logger, IConfiguration configuration)
    {
        logger.MinimumLevel.Is(Parse(configuration[$"{Section}:Default"]) ?? LogEventLevel.Information);
        foreach (var (source, level) in ReadOverrides(configuration))
        {
            logger.MinimumLevel.Override(source, level);
        }
    }

    /// <summary>Every value that is not a level, as <c>key: value</c>.</summary>
    public static IEnumerable<string> FindErrors(IConfiguration configuration) => configuration.GetSection(Section)
        .AsEnumerable()
        .Where(setting => setting.Value is { Length: > 0 } value && Parse(value) is null)
        .Select(setting => $"{setting.Key}: '{setting.Value}' is not one of Verbose, Debug, Information, Warning, Error, Fatal.");

    private static IEnumerable<(string Source, LogEventLevel Level)> ReadOverrides(IConfiguration configuration)
    {
        var prefix = $"{Section}:Override:";
        return configuration.GetSection($"{Section}:Override").AsEnumerable()
            .Select(setting => (Source: setting.Key, Level: Parse(setting.Value)))
            .Where(setting => setting.Level is not null && setting.Source.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            .Select(setting => (setting.Source[prefix.Length..].Replace(':', '.'), setting.Level!.Value));
    }

    /// <summary>Serilog's names, and those of Microsoft.Extensions.Logging that differ.</summary>
    private static LogEventLevel? Parse(string? text) => text?.ToUpperInvariant() switch
    {
        "TRACE" => LogEventLevel.Verbose,
        "CRITICAL" => LogEventLevel.Fatal,
        _ => Enum.TryParse<LogEventLevel>(text, ignoreCase: true, out var level) && Enum.IsDefined(level) ? level : null,
    };
}
