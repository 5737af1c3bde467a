using System.Globalization;
using Eventicat.Fuzzing.Model;

namespace Eventicat.Fuzzing.Answers;

/// <summary>What a client may get for a backend's bytes.</summary>
/// <param name="MustPass">A good answer: it reaches the client as it is.</param>
/// <param name="MayPass">It may reach the client, as far as it is whole; else it is a clean 502.</param>
/// <param name="Status">The answer's status.</param>
/// <param name="Fields">All of its fields, but for those that <c>Connection</c> names.</param>
/// <param name="Body">Its body; of a broken one, what there is.</param>
internal sealed record AnswerExpectation(bool MustPass, bool MayPass, int Status, IReadOnlyList<(string Name, string Value)> Fields, string Body);

/// <summary>Reads a backend's bytes by the letter of RFC 9112, as a client that forgives nothing.</summary>
internal static class AnswerModel
{
    private static readonly AnswerExpectation Bad = new(MustPass: false, MayPass: false, 502, [], "");

    public static AnswerExpectation Read(BackendAnswer answer, string method)
    {
        var bytes = answer.Bytes;
        while (true)
        {
            var end = bytes.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end < 0)
            {
                return Bad with { MayPass = IsLoose(bytes), Status = -1 };
            }

            var lines = bytes[..end].Split("\r\n");
            var rest = bytes[(end + 4)..];
            if (ReadStatus(lines[0]) is not { } status || ReadFields(lines.Skip(1)) is not { } fields)
            {
                // Nothing of an interim answer is passed on.
                return Bad with { MayPass = IsLoose(bytes[..end]) || ReadStatus(lines[0]) is >= 100 and < 200 and not 101, Status = -1 };
            }

            if (status is >= 100 and < 200)
            {
                if (status == 101 || fields.Any(field => field.Name.Is("Content-Length") || field.Name.Is("Transfer-Encoding")))
                {
                    return Bad;
                }

                bytes = rest;
                continue;
            }

            return ReadBody(answer, method, lines[0], status, fields, rest);
        }
    }

    private static int? ReadStatus(string line) =>
        line.Length >= 13 && line[..9] is "HTTP/1.1 " or "HTTP/1.0 " && Grammar.IsDigits(line[9..12]) && line[12] == ' ' && Grammar.IsFieldValue(line[13..])
            && int.Parse(line[9..12], CultureInfo.InvariantCulture) is >= 100 and var status
            ? status
            : null;

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

    /// <summary>
    /// Bad, but in ways that clients forgive and that change nothing: bare line feeds, folded values, spaces, a NUL that
    /// becomes a space (RFC 9110 section 5.5), anything in the reason, which is not passed on.
    /// </summary>
    private static bool IsLoose(string head) =>
        !head[(head.IndexOf('\n', StringComparison.Ordinal) + 1)..].Any(letter => letter is (< ' ' and not '\t' and not '\r' and not '\n' and not '\0') or '\x7F')
        && head.Contains("HTTP/1", StringComparison.OrdinalIgnoreCase);

    private static AnswerExpectation ReadBody(BackendAnswer answer, string method, string line, int status, List<(string Name, string Value)> fields, string rest)
    {
        var encodings = Values("Transfer-Encoding");
        var lengths = Values("Content-Length");
        var named = Values("Connection").SelectMany(value => value.Split(',')).Select(name => name.Trim(' ', '\t')).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var good = new AnswerExpectation(MustPass: true, MayPass: true, status, [.. fields.Where(field => !named.Contains(field.Name))], "");
        // Long heads are refused at some length; a status that nobody knows may be.
        var isSpecial = status >= 600 || fields.Sum(field => field.Name.Length + field.Value.Length) > 30_000 || line.StartsWith("HTTP/1.0", StringComparison.Ordinal);
        if (lengths.Distinct(StringComparer.Ordinal).Count() > 1 || lengths.Any(length => !Grammar.IsDigits(length) || length.Length > 9))
        {
            return Bad;
        }

        if (encodings.Count > 1 || (encodings is [var only] && (!only.Is("chunked") || lengths.Count > 0)))
        {
            return Bad;
        }

        isSpecial |= lengths.Count > 1;
        if (status is 204 or 205 && method != "HEAD")
        {
            var announces = encodings.Count == 1 || (lengths.Count == 1 && lengths[0] != "0");
            return rest.Length == 0 && !announces ? good with { MustPass = !isSpecial } : good with { MustPass = false, MayPass = !announces };
        }

        if (method == "HEAD" || status is 304 or 204 or 205)
        {
            return good with { MustPass = !isSpecial && status is not (304 or 204 or 205) };
        }

        if (encodings.Count == 1)
        {
            var (body, isWhole) = ReadChunks(rest);
            return good with { Body = body, MustPass = isWhole && !isSpecial };
        }

        if (lengths.Count > 0)
        {
            var length = int.Parse(lengths[0], CultureInfo.InvariantCulture);
            return good with { Body = rest[..Math.Min(length, rest.Length)], MustPass = rest.Length >= length && !isSpecial };
        }

        return good with { Body = rest, MustPass = answer.Closes && !isSpecial };

        List<string> Values(string name) => [.. fields.Where(field => field.Name.Is(name)).Select(field => field.Value)];
    }

    private static (string Body, bool IsWhole) ReadChunks(string text)
    {
        var body = "";
        for (var at = 0; text.IndexOf("\r\n", at, StringComparison.Ordinal) is var end and >= 0;)
        {
            var size = text[at..end].Split(';')[0];
            if (size.Length is 0 or > 6 || !size.All(char.IsAsciiHexDigit))
            {
                break;
            }

            var length = Convert.ToInt32(size, 16);
            at = end + 2;
            if (length == 0)
            {
                var hasNoTrailers = text[at..].StartsWith("\r\n", StringComparison.Ordinal);
                return (body, hasNoTrailers || (text[at..].Split("\r\n\r\n") is [var trailers, _, ..] && ReadFields(trailers.Split("\r\n")) is not null));
            }

            body += text.Substring(at, Math.Min(length, text.Length - at));
            if (at + length + 2 > text.Length || text.Substring(at + length, 2) != "\r\n")
            {
                break;
            }

            at += length + 2;
        }

        return (body, false);
    }
}
