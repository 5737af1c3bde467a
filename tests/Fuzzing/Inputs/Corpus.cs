namespace Eventicat.Fuzzing.Inputs;

/// <summary>
/// The inputs that are kept, in the files of <c>corpus/</c>. <c># a name</c> begins one, then <c>h1</c> or <c>h2</c>:
/// over HTTP/1.1 every line is sent as it is, its end written as <c>\r\n</c>; over HTTP/2 a line is <c>name=value</c>,
/// <c>&gt; data</c>, <c>^ trailer=value</c> or <c>!reset</c>. <c>\r \n \t \\ \xNN</c> are the escapes.
/// </summary>
internal static class Corpus
{
    public static List<FuzzInput> Load()
    {
        var assembly = typeof(Corpus).Assembly;
        return [.. assembly.GetManifestResourceNames().Order(StringComparer.Ordinal).SelectMany(name =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return Parse(reader.ReadToEnd());
        })];
    }

    public static IEnumerable<FuzzInput> Parse(string text) => text.Split("\n# ", StringSplitOptions.RemoveEmptyEntries)
        .Select(entry => entry.Split('\n').Skip(1).Where(line => line.Length > 0).ToList())
        .Where(lines => lines.Count > 1)
        .Select(lines => lines[0] == "h1" ? ParseHttp1(lines.Skip(1)) : ParseHttp2(lines.Skip(1)));

    private static FuzzInput ParseHttp1(IEnumerable<string> lines) => new Http1Input(FuzzInput.Unescape(string.Concat(lines)));

    private static Http2Input ParseHttp2(IEnumerable<string> lines)
    {
        List<(string, string)> fields = [];
        List<string>? data = null;
        List<(string, string)>? trailers = null;
        var isReset = false;
        foreach (var line in lines)
        {
            switch (line)
            {
                case "!reset":
                    isReset = true;
                    break;
                case ['>', ' ', .. var rest]:
                    (data ??= []).Add(FuzzInput.Unescape(rest));
                    break;
                case ['^', ' ', .. var rest]:
                    (trailers ??= []).Add(ParseField(rest));
                    break;
                default:
                    fields.Add(ParseField(line));
                    break;
            }
        }

        return new Http2Input(fields, data, trailers, isReset);
    }

    private static (string, string) ParseField(string line)
    {
        var parts = line.Split('=', 2);
        return (FuzzInput.Unescape(parts[0]), FuzzInput.Unescape(parts.ElementAtOrDefault(1) ?? ""));
    }
}
