using System.Globalization;
using Eventicat.Fuzzing.Model;

namespace Eventicat.Fuzzing.Target;

/// <summary>A request as a backend reads it that forgives nothing.</summary>
internal sealed record StrictRequest(string Bytes, string Line, IReadOnlyList<(string Name, string Value)> Fields, string Body)
{
    public string? Value(string name) => Fields.Where(field => field.Name.Is(name)).Select(field => field.Value).FirstOrDefault();

    /// <summary>What the first bytes of a connection are.</summary>
    /// <param name="bytes">All that has come.</param>
    /// <param name="request">The request at its begin, if there is a whole one.</param>
    /// <param name="awaitsContinue">The head is there, and the body is being held back.</param>
    /// <returns>What is wrong with it; <c>null</c>: nothing so far.</returns>
    public static string? Read(string bytes, out StrictRequest? request, out bool awaitsContinue)
    {
        request = null;
        awaitsContinue = false;
        var end = bytes.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return bytes.Length > 0 && !char.IsAsciiLetterUpper(bytes[0]) ? "does not begin with a method" : null;
        }

        var lines = bytes[..end].Split("\r\n");
        var parts = lines[0].Split(' ');
        if (parts is not [var method, ['/', ..] target, "HTTP/1.1"] || !Grammar.IsToken(method) || target.Any(letter => letter is <= ' ' or >= '\x7F' or '#'))
        {
            return "has no well-formed request line";
        }

        var fields = new List<(string Name, string Value)>();
        foreach (var line in lines.Skip(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0 || !Grammar.IsToken(line[..colon]) || !Grammar.IsFieldValue(line[(colon + 1)..]))
            {
                return "has a malformed field line";
            }

            fields.Add((line[..colon], line[(colon + 1)..].Trim(' ', '\t')));
        }

        return ReadBody(bytes, end + 4, lines[0], fields, out request, out awaitsContinue);
    }

    private static string? ReadBody(
        string bytes, int at, string line, List<(string Name, string Value)> fields, out StrictRequest? request, out bool awaitsContinue)
    {
        request = null;
        var encodings = Values("Transfer-Encoding");
        var lengths = Values("Content-Length");
        awaitsContinue = bytes.Length == at && Values("Expect").Any(value => value.Is("100-continue"));
        if (Values("Host").Count != 1 || encodings.Count + lengths.Count > 1)
        {
            return "has not one Host, or more than one framing";
        }

        if (encodings.Count == 0)
        {
            if (lengths.Count == 1 && !Grammar.IsDigits(lengths[0]))
            {
                return "has a malformed length";
            }

            var length = lengths.Count == 0 ? 0 : int.Parse(lengths[0], CultureInfo.InvariantCulture);
            if (bytes.Length >= at + length)
            {
                request = new StrictRequest(bytes[..(at + length)], line, fields, bytes.Substring(at, length));
            }

            return null;
        }

        if (!encodings[0].Is("chunked"))
        {
            return "has an unknown transfer coding";
        }

        var body = new System.Text.StringBuilder();
        while (bytes.IndexOf("\r\n", at, StringComparison.Ordinal) is var end and >= 0)
        {
            if (!int.TryParse(bytes.AsSpan(at, end - at), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var size))
            {
                return "has a malformed chunk";
            }

            at = end + 2;
            if (bytes.Length < at + size + 2)
            {
                return null;
            }

            if (bytes.AsSpan(at + size, 2) is not "\r\n")
            {
                return "has a chunk without its end";
            }

            body.Append(bytes, at, size);
            at += size + 2;
            if (size == 0)
            {
                request = new StrictRequest(bytes[..at], line, fields, body.ToString());
                return null;
            }
        }

        return null;

        List<string> Values(string name) => [.. fields.Where(field => field.Name.Is(name)).Select(field => field.Value)];
    }
}
