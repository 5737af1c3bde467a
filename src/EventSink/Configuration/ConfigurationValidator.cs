using System.Globalization;
using Eventicat.EventSink.Storage;
using Eventicat.Hosting.Shutdown;
using Microsoft.Extensions.Options;
using Serilog.Events;

namespace Eventicat.EventSink.Configuration;

/// <summary>Checks every setting before anything is built from it, and reports all errors at once.</summary>
internal static class ConfigurationValidator
{
    private const string Levels = "Serilog:MinimumLevel";

    private static readonly TimeSpan LongestDrainDelay = TimeSpan.Parse(ShutdownOptions.LongestDrainDelay, CultureInfo.InvariantCulture);

    public static void Validate(IConfiguration configuration)
    {
        var errors = RulesFor(configuration)
            .Select(rule => rule.Check(configuration))
            .OfType<string>()
            .ToArray();
        if (errors.Length > 0)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(StorageOptions), errors);
        }
    }

    private static IEnumerable<ConfigurationRule> RulesFor(IConfiguration configuration) =>
    [
        .. StorageOptions.Rules,
        .. configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => new ConfigurationRule(
            $"{endpoint.Path}:Url", "an address such as http://127.0.0.1:8090", IsAddress)),
        .. configuration.GetSection($"{Levels}:Override").GetChildren().Select(level => LevelRule(level.Path)),
        LevelRule($"{Levels}:Default"),
        ConfigurationRule.Duration($"{ShutdownOptions.Section}:{nameof(ShutdownOptions.DrainDelay)}", TimeSpan.Zero, LongestDrainDelay),
        new(SinkConfiguration.SecretsKey, "an existing folder", text => text.Length == 0 || Directory.Exists(text)),
    ];

    private static ConfigurationRule LevelRule(string key) => new(
        key,
        $"one of {string.Join(", ", Enum.GetNames<LogEventLevel>())}",
        text => Enum.TryParse<LogEventLevel>(text, ignoreCase: true, out var level) && Enum.IsDefined(level));

    private static bool IsAddress(string text)
    {
        try
        {
            return BindingAddress.Parse(text) is { Scheme: "http" or "https", Port: >= 0 and <= 65535, PathBase.Length: 0 };
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            return false;
        }
    }
}
