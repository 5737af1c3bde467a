using System.CommandLine;
using System.CommandLine.Parsing;
using Eventicat.Hosting.Formats;

namespace Eventicat.Cli.CommandLine;

/// <summary>Options whose values are durations or moments.</summary>
internal static class TimeOptions
{
    public static Option<TimeSpan?> Duration(string name, string description) => new(name)
    {
        Description = $"{description} {char.ToUpperInvariant(CommandLine.Duration.Forms[0])}{CommandLine.Duration.Forms[1..]}.",
        HelpName = "DURATION",
        CustomParser = result => ParseDuration(name, result),
    };

    /// <summary>A duration from now on, or a date and time.</summary>
    public static Option<DateTimeOffset?> Moment(string name, string description) => new(name)
    {
        Description = $"{description} A duration such as 90d, or a date and time such as 2030-01-31T12:00:00Z.",
        HelpName = "WHEN",
        CustomParser = result => ParseMoment(name, result),
    };

    private static TimeSpan? ParseDuration(string name, ArgumentResult result)
    {
        if (CommandLine.Duration.TryParse(result.Tokens[0].Value, out var duration))
        {
            return duration;
        }

        result.AddError($"{name} must be {CommandLine.Duration.Forms}.");
        return null;
    }

    private static DateTimeOffset? ParseMoment(string name, ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (CommandLine.Duration.TryParse(text, out var duration))
        {
            return TimeProvider.System.GetUtcNow() + duration;
        }

        if (Rfc3339.TryParse(text, out var moment))
        {
            return moment;
        }

        result.AddError($"{name} must be a duration such as 90d, or a date and time such as 2030-01-31T12:00:00Z.");
        return null;
    }
}
