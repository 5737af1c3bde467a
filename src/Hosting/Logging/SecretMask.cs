using System.Buffers;
using System.Text.RegularExpressions;

namespace Eventicat.Hosting.Logging;

/// <summary>
/// Blanks whatever looks like a key in a finished line of the log. This is the last resort: a key is out of the URL before
/// anything can log it. A value ends where the query or the text around it ends, not at the first character that is
/// unusual in a key, since it does no harm to blank too much.
/// </summary>
public static partial class SecretMask
{
    private const string NotMasked = "A line took too long to mask\n";

    private static readonly SearchValues<string> Suspicious =
        SearchValues.Create(["evc_", "evo_", "apikey", "bearer", "%"], StringComparison.OrdinalIgnoreCase);

    public static string Apply(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        if (line.AsSpan().IndexOfAny(Suspicious) < 0)
        {
            return line;
        }

        try
        {
            line = KeyParameter().Replace(line, "_apikey=***");
            line = BearerToken().Replace(line, "Bearer ***");
            return OwnKey().Replace(line, "${public}_***");
        }
        catch (RegexMatchTimeoutException)
        {
            return NotMasked;
        }
    }

    /// <summary>
    /// <c>_apikey=…</c> with any of its characters percent-encoded, also repeatedly, or as a JSON member. The value goes
    /// on to the next <c>&amp;</c> or space, or to the quote that ends the text it stands in, which is one without a
    /// backslash: quotes of its own are escaped in a line of JSON. In plain text it may begin with one.
    /// </summary>
    [GeneratedRegex(
        """(?:_|%(?:25)*5f)(?:a|%(?:25)*[46]1)(?:p|%(?:25)*[57]0)(?:i|%(?:25)*[46]9)(?:k|%(?:25)*[46]b)(?:e|%(?:25)*[46]5)(?:y|%(?:25)*[57]9)(?:%(?:25)*[0-9a-f]{2}|[\[\]\s]){0,4}(?:=|%(?:25)*3d|\\u003d|\\*"?\s*:\s*\\*"?)(?:"(?=[^\s"'\\,:}\]]))?(?:\\[^nrt\r\n]|[^&\s"\\])*""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex KeyParameter();

    [GeneratedRegex("""\bBearer(?:\s|%20|\+|\\t)+"?(?:\\[^nrt\r\n]|[^&,\s"\\])+""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BearerToken();

    [GeneratedRegex(@"\b(?<public>ev[co]_[0-9A-Za-z]{8})_[0-9A-Za-z]{8,}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OwnKey();
}
