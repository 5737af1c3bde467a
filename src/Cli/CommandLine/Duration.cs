using System.Globalization;

namespace Eventicat.Cli.CommandLine;

/// <summary>Durations as people type them: <c>30s</c>, <c>15m</c>, <c>1h</c>, <c>90d</c> or <c>hh:mm:ss</c>.</summary>
internal static class Duration
{
    public const string Forms = "a duration such as 30s, 15m, 1h, 90d or 00:01:00";

    /// <summary>Far more than any duration here may be, and safe to add to any date.</summary>
    private static readonly TimeSpan Max = TimeSpan.FromDays(36_500);

    public static bool TryParse(string text, out TimeSpan duration)
    {
        var parsed = text.Contains(':')
            ? TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out duration)
            : TryParseUnit(text, out duration);
        return parsed && duration >= TimeSpan.Zero && duration <= Max;
    }

    private static bool TryParseUnit(string text, out TimeSpan duration)
    {
        duration = default;
        if (text.Length < 2 || !int.TryParse(text.AsSpan(..^1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        long unit = text[^1] switch
        {
            's' => 1,
            'm' => 60,
            'h' => 3_600,
            'd' => 86_400,
            _ => -1,
        };
        // In numbers first: a TimeSpan overflows.
        if (unit < 0 || number * unit > Max.TotalSeconds)
        {
            return false;
        }

        duration = TimeSpan.FromSeconds(number * unit);
        return true;
    }
}
