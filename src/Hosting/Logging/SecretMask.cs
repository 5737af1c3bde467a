using System.Buffers;
using System.Text.RegularExpressions;

namespace Eventicat.Hosting.Logging;

/// <summary>
/// The belt: blanks whatever looks like a key in a finished line of log. Nothing should ever reach it; the key is out
/// of the URL before anything can log it.
/// </summary>
public static partial class SecretMask
{
    private static readonly SearchValues<string> Suspicious =
        SearchValues.Create(["evc_", "evo_", "apikey", "bearer", "%"], StringComparison.OrdinalIgnoreCase);

    public static string Apply(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        if (line.AsSpan().IndexOfAny(Suspicious) < 0)
        {
            return line;
        }

        line = KeyParameter().Replace(line, "_apikey=***");
        line = BearerToken().Replace(line, "Bearer ***");
        return OwnKey().Replace(line, "${public}_***");
    }

    /// <summary><c>_apikey=…</c> with any of its characters percent-encoded, also repeatedly, or as a JSON member.</summary>
    [GeneratedRegex(
        """(?:_|%(?:25)*5f)(?:a|%(?:25)*[46]1)(?:p|%(?:25)*[57]0)(?:i|%(?:25)*[46]9)(?:k|%(?:25)*[46]b)(?:e|%(?:25)*[46]5)(?:y|%(?:25)*[57]9)(?:%(?:25)*[0-9a-f]{2}|[\[\]\s]){0,4}(?:=|%(?:25)*3d|\\u003d|\\*"?\s*:\s*\\*"?)[^&;\s"'\\<>#]*""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex KeyParameter();

    [GeneratedRegex(@"\bBearer(?:\s|%20|\+|\\t)+[A-Za-z0-9\-._~+/=%]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BearerToken();

    [GeneratedRegex(@"\b(?<public>ev[co]_[0-9A-Za-z]{8})_[0-9A-Za-z]{8,}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OwnKey();
}
