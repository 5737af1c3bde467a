using System.Globalization;

namespace Eventicat.TestSupport.Http;

/// <summary>A response as it came over the wire.</summary>
public sealed record RawAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <value>Everything that may tell one answer from another: not its time, not its id.</value>
    public string Shape => $"{Status} {string.Join('|', Headers.Where(header => header.Key is not ("Date" or "X-Request-Id")).OrderBy(header => header.Key, StringComparer.Ordinal))} {Body}";

    public static RawAnswer Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            throw new FormatException($"Not a response: '{text}'");
        }

        var lines = text[..end].Split("\r\n");
        return new RawAnswer(
            int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture),
            lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase),
            text[(end + 4)..]);
    }
}
