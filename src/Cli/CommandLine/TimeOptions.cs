using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

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

        // RFC 3339 always has an offset; without one it would mean something else on another machine.
        if (DateTimeOffset.TryParseExact(
            text, ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            && (text.EndsWith('Z') || text[^6] is '+' or '-'))
        {
            return moment;
        }

        result.AddError($"{name} must be a duration such as 90d, or a date and time such as 2030-01-31T12:00:00Z.");
        return null;
    }
}
