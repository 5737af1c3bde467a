using System.Globalization;
using System.Text.RegularExpressions;

namespace Eventicat.EventSink.Ingestion;

/// <summary>Client timestamps: RFC 3339 with an offset, or seconds or milliseconds of the Unix epoch.</summary>
internal static partial class EventTimestamp
{
    // As seconds it is the year 5138, as milliseconds 1973: nothing that happens now is on the wrong side.
    private const double FirstMilliseconds = 1e11;

    private static readonly double Latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public static DateTimeOffset? Parse(string text) =>
        Digits().IsMatch(text) ? FromEpoch(double.Parse(text, CultureInfo.InvariantCulture)) : FromRfc3339(text);

    public static DateTimeOffset? FromEpoch(double number)
    {
        var milliseconds = number < FirstMilliseconds ? number * 1000 : number;
        return milliseconds >= 0 && milliseconds <= Latest
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds)
            : null;
    }

    private static DateTimeOffset? FromRfc3339(string text)
    {
        var match = Rfc3339().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var offset = match.Groups["offset"].Value is "Z" or "z" ? "+00:00" : match.Groups["offset"].Value;
        var normal = $"{match.Groups["date"].Value}T{match.Groups["time"].Value}{offset}";
        if (!DateTimeOffset.TryParseExact(normal, "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed))
        {
            return null;
        }

        var milliseconds = int.Parse(match.Groups["ms"].Value.PadRight(3, '0'), CultureInfo.InvariantCulture);
        return DateTimeOffset.FromUnixTimeMilliseconds(parsed.ToUnixTimeMilliseconds() + milliseconds);
    }

    [GeneratedRegex(@"\A[0-9]{1,15}(\.[0-9]{1,9})?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Digits();

    [GeneratedRegex(
        @"\A(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ](?<time>[0-9]{2}:[0-9]{2}:[0-9]{2})(\.(?<ms>[0-9]{1,3})[0-9]*)?(?<offset>[Zz]|[+-][0-9]{2}:[0-9]{2})\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Rfc3339();
}
