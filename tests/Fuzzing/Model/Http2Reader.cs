using System.Globalization;
using Eventicat.Fuzzing.Inputs;

namespace Eventicat.Fuzzing.Model;

/// <summary>Reads the fields and the data of one HTTP/2 stream by the letter of RFC 9113 and 8441.</summary>
internal static class Http2Reader
{
    private static readonly string[] ConnectionSpecific = ["connection", "proxy-connection", "keep-alive", "transfer-encoding", "upgrade"];
    private static readonly ClientRequest Malformed = new() { Reading = Reading.Malformed, IsHttp2 = true };

    public static ClientRequest Read(Http2Input input, string scheme)
    {
        var pseudo = input.Fields.TakeWhile(field => field.Name.StartsWith(':')).ToList();
        var fields = input.Fields.Skip(pseudo.Count).ToList();
        if (pseudo.DistinctBy(field => field.Name, StringComparer.Ordinal).Count() < pseudo.Count
            || pseudo.Any(field => field.Name is not (":method" or ":scheme" or ":path" or ":authority" or ":protocol"))
            || fields.Any(field => IsMalformed(field) && !IsLeftOut(field)))
        {
            return Malformed;
        }

        // Kestrel puts the authority in its place, and nobody sees what it was.
        bool IsLeftOut((string Name, string Value) field) => field.Name == "host" && pseudo.Exists(other => other.Name == ":authority");

        var values = pseudo.ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal);
        var protocol = values.GetValueOrDefault(":protocol");
        var isPlainConnect = values.GetValueOrDefault(":method") == "CONNECT" && protocol is null;
        var authority = values.GetValueOrDefault(":authority");
        if (!Grammar.IsToken(values.GetValueOrDefault(":method", ""))
            || (isPlainConnect && (values.ContainsKey(":path") || values.ContainsKey(":scheme") || authority is null))
            || (!isPlainConnect && (values.GetValueOrDefault(":path", "") is "" || !values.ContainsKey(":scheme")))
            || (protocol is not null && values[":method"] != "CONNECT"))
        {
            return Malformed;
        }

        var request = new ClientRequest
        {
            Reading = Reading.Whole,
            IsHttp2 = true,
            Method = values[":method"],
            Target = values.GetValueOrDefault(":path", ""),
            Scheme = scheme,
            Protocol = protocol,
            Fields = fields,
            Authority = authority ?? fields.Where(field => field.Name == "host").Select(field => field.Value).FirstOrDefault(""),
            // White space around a value is malformed by section 8.2.1, and nothing to a backend.
            MayBeRefused = values.GetValueOrDefault(":scheme", scheme) != scheme || fields.Any(field => field.Name == "host" || field.Value.Trim(' ', '\t').Length < field.Value.Length),
        };
        return ReadBody(input, request);
    }

    private static bool IsMalformed((string Name, string Value) field) =>
        !Grammar.IsToken(field.Name) || field.Name.Any(char.IsAsciiLetterUpper) || !Grammar.IsFieldValue(field.Value)
        || ConnectionSpecific.Contains(field.Name, StringComparer.Ordinal) || (field.Name == "te" && field.Value != "trailers");

    private static ClientRequest ReadBody(Http2Input input, ClientRequest request)
    {
        var body = string.Concat(input.Data ?? []);
        var lengths = request.Values("content-length").ToList();
        var isWhole = !input.IsReset && (input.Trailers ?? []).All(field => !field.Name.StartsWith(':') && !IsMalformed(field));
        if (lengths.Count > 0)
        {
            if (lengths.Distinct(StringComparer.Ordinal).Count() > 1 || !Grammar.IsDigits(lengths[0]) || lengths[0].Length > 9)
            {
                return Malformed;
            }

            isWhole &= int.Parse(lengths[0], CultureInfo.InvariantCulture) == body.Length;
        }

        return request with
        {
            Body = body,
            MayBeRefused = request.MayBeRefused || lengths.Count > 1,
            Reading = isWhole ? Reading.Whole : Reading.BrokenBody,
        };
    }
}
