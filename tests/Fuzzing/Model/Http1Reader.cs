using System.Globalization;

namespace Eventicat.Fuzzing.Model;

/// <summary>
/// Reads what a client sent over HTTP/1.1 by the letter of RFC 9112: every request in it, up to the first that breaks the
/// grammar. It shares nothing with the gateway or with Kestrel.
/// </summary>
internal static class Http1Reader
{
    public static List<ClientRequest> Read(string bytes)
    {
        var requests = new List<ClientRequest>();
        for (var at = 0; at < bytes.Length;)
        {
            var request = ReadOne(bytes, ref at);
            requests.Add(request);
            if (request.IsLast || request.Reading != Reading.Whole)
            {
                break;
            }
        }

        return requests;
    }

    private static ClientRequest ReadOne(string bytes, ref int at)
    {
        // RFC 9112 section 2.2: a server should ignore an empty line before a request, and may take a line feed for its end.
        // Kestrel looks over a lone CR as well: what stands between two requests means nothing.
        var start = at;
        while (at < bytes.Length && bytes[at] is ('\r' or '\n'))
        {
            at++;
        }

        var isLate = at > start;
        var lines = new List<string>();
        var isComplete = TryReadLines(bytes, ref at, lines);
        // An answer to HEAD has no body, however bad the rest is.
        var method = lines.FirstOrDefault("").Split(' ')[0];
        if (!isComplete)
        {
            return Malformed(method) with { Reading = Reading.Incomplete };
        }

        if (lines.Any(line => line.AsSpan().ContainsAny('\r', '\n')))
        {
            return Malformed(method);
        }

        // Kestrel keeps of this one only what it understands; it goes no further.
        var odd = lines.FindIndex(line => line.StartsWith("Connection:", StringComparison.OrdinalIgnoreCase) && !Grammar.IsFieldValue(line));
        if (odd > 0)
        {
            lines[odd] = string.Concat(lines[odd].Where(letter => Grammar.IsFieldValue(letter.ToString())));
        }

        if (lines.Count == 0 || ReadFields(lines.Skip(1)) is not { } fields)
        {
            return Malformed(method);
        }

        // Section 3 lets a server take several spaces for one.
        var parts = lines[0].Split(' ');
        var isLoose = parts.Length > 3 && parts[2..^1].All(part => part.Length == 0);
        parts = isLoose ? [parts[0], parts[1], parts[^1]] : parts;
        if (parts.Length != 3 || !Grammar.IsToken(parts[0]) || parts[1].Length == 0 || parts[2] is not ("HTTP/1.1" or "HTTP/1.0"))
        {
            return Malformed(method);
        }

        var isOld = parts[2] == "HTTP/1.0";
        var request = new ClientRequest { Reading = Reading.Whole, Method = parts[0], Target = parts[1], Fields = fields, IsOld = isOld, MayBeRefused = isOld || isLate || isLoose || odd > 0 };
        var hosts = request.Values("Host").ToList();
        if (hosts.Count != 1 && !(isOld && hosts.Count == 0))
        {
            return Malformed(request.Method);
        }

        var connection = request.Values("Connection").SelectMany(value => value.Split(',')).Select(option => option.Trim(' ', '\t')).ToList();
        request = request with
        {
            Authority = hosts.FirstOrDefault("").Trim(' ', '\t'),
            IsLast = connection.Any(option => option.Is("close")) || (isOld && !connection.Any(option => option.Is("keep-alive"))),
        };
        return ReadBody(bytes, ref at, request);
    }

    private static ClientRequest Malformed(string method) => new() { Reading = Reading.Malformed, IsLast = true, Method = method };

    /// <returns>Whether the empty line was found. A bare CR or LF stays within its line.</returns>
    private static bool TryReadLines(string bytes, ref int at, List<string> lines)
    {
        while (true)
        {
            var end = bytes.IndexOf("\r\n", at, StringComparison.Ordinal);
            if (end < 0)
            {
                lines.Add(bytes[at..].TrimEnd('\r'));
                return false;
            }

            var line = bytes[at..end];
            at = end + 2;
            if (line.Length == 0)
            {
                return true;
            }

            lines.Add(line);
        }
    }

    private static List<(string Name, string Value)>? ReadFields(IEnumerable<string> lines)
    {
        var fields = new List<(string, string)>();
        foreach (var line in lines)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0 || !Grammar.IsToken(line[..colon]) || !Grammar.IsFieldValue(line[(colon + 1)..]))
            {
                return null;
            }

            fields.Add((line[..colon], line[(colon + 1)..].Trim(' ', '\t')));
        }

        return fields;
    }

    private static ClientRequest ReadBody(string bytes, ref int at, ClientRequest request)
    {
        var encodings = request.Values("Transfer-Encoding").ToList();
        var lengths = request.Values("Content-Length").ToList();
        if (encodings.Count > 0)
        {
            // Section 6.1: with both, a server may refuse, or go by the encoding and close; HTTP/1.0 has no encodings.
            return encodings is [var only] && only.Is("chunked") && !request.IsOld
                ? ReadChunks(bytes, ref at, request with { IsLast = request.IsLast || lengths.Count > 0, MayBeRefused = request.MayBeRefused || lengths.Count > 0 })
                : Malformed(request.Method);
        }

        if (lengths.Count == 0)
        {
            return request;
        }

        if (lengths.Distinct(StringComparer.Ordinal).Count() > 1 || !Grammar.IsDigits(lengths[0]) || lengths[0].Length > 9)
        {
            return Malformed(request.Method);
        }

        var length = int.Parse(lengths[0], CultureInfo.InvariantCulture);
        var body = bytes.Substring(at, Math.Min(length, bytes.Length - at));
        at += body.Length;
        return request with
        {
            Body = body,
            MayBeRefused = request.MayBeRefused || lengths.Count > 1,
            Reading = body.Length < length ? Reading.BrokenBody : Reading.Whole,
        };
    }

    private static ClientRequest ReadChunks(string bytes, ref int at, ClientRequest request)
    {
        var body = new System.Text.StringBuilder();
        var mayBeRefused = request.MayBeRefused;
        while (true)
        {
            var end = bytes.IndexOf("\r\n", at, StringComparison.Ordinal);
            if (end < 0)
            {
                return Broken();
            }

            var line = bytes[at..end];
            var size = line.Split(';')[0];
            at = end + 2;
            // White space before an extension is bad, and one is seldom understood.
            mayBeRefused |= line.Length > size.Length;
            if (size.Length is 0 or > 6 || !size.All(char.IsAsciiHexDigit) || !Grammar.IsFieldValue(line))
            {
                return Broken();
            }

            var length = Convert.ToInt32(size, 16);
            if (length == 0)
            {
                break;
            }

            if (at + length + 2 > bytes.Length || bytes[at + length] != '\r' || bytes[at + length + 1] != '\n')
            {
                body.Append(bytes, at, Math.Min(length, bytes.Length - at));
                return Broken();
            }

            body.Append(bytes, at, length);
            at += length + 2;
        }

        var trailers = new List<string>();
        // Trailers are not passed on, and those that are none may be looked over.
        return TryReadLines(bytes, ref at, trailers) && trailers.All(line => line.Contains(':', StringComparison.Ordinal))
            ? request with { Body = body.ToString(), MayBeRefused = mayBeRefused || ReadFields(trailers) is null }
            : Broken();

        ClientRequest Broken() => request with { Body = body.ToString(), Reading = Reading.BrokenBody };
    }
}
