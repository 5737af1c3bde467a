using System.Globalization;
using System.Text;

namespace Eventicat.Fuzzing.Inputs;

/// <summary>What one client sends; <c>{key}</c>, <c>{marker}</c> and their like are put in when it is sent. Latin-1.</summary>
internal abstract record FuzzInput
{
    /// <summary>In the form of the corpus: printable, and readable back.</summary>
    public abstract string Print();

    public abstract FuzzInput Map(Func<string, string> change);

    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            _ = letter switch
            {
                '\r' => escaped.Append(@"\r"),
                '\n' => escaped.Append(@"\n"),
                '\t' => escaped.Append(@"\t"),
                '\\' => escaped.Append(@"\\"),
                > ' ' and < '\x7F' => escaped.Append(letter),
                ' ' when escaped.Length > 0 => escaped.Append(letter),
                _ => escaped.Append(CultureInfo.InvariantCulture, $@"\x{(int)letter:x2}"),
            };
        }

        return escaped.Length > 0 && escaped[^1] == ' ' ? escaped.ToString(0, escaped.Length - 1) + @"\x20" : escaped.ToString();
    }

    public static string Unescape(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '\\')
            {
                plain.Append(text[at]);
                continue;
            }

            at++;
            _ = text[at] switch
            {
                'r' => plain.Append('\r'),
                'n' => plain.Append('\n'),
                't' => plain.Append('\t'),
                'x' => plain.Append((char)int.Parse(text.AsSpan(at + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)),
                var other => plain.Append(other),
            };
            at += text[at] == 'x' ? 2 : 0;
        }

        return plain.ToString();
    }
}

internal sealed record Http1Input(string Bytes) : FuzzInput
{
    public override string Print() => "h1\n" + Escape(Bytes).Replace(@"\r\n", "\\r\\n\n", StringComparison.Ordinal).TrimEnd('\n') + "\n";

    public override FuzzInput Map(Func<string, string> change) => new Http1Input(change(Bytes));
}

/// <param name="Fields">Pseudo headers too.</param>
/// <param name="Data">DATA frames; <c>null</c>: the stream ends with its headers.</param>
/// <param name="Trailers"><c>null</c>: the stream ends with its data.</param>
/// <param name="IsReset">The client ends the stream by RST_STREAM, not by END_STREAM.</param>
internal sealed record Http2Input(
    IReadOnlyList<(string Name, string Value)> Fields,
    IReadOnlyList<string>? Data = null,
    IReadOnlyList<(string Name, string Value)>? Trailers = null,
    bool IsReset = false) : FuzzInput
{
    public override string Print()
    {
        var text = new StringBuilder("h2\n");
        Append("", Fields);
        foreach (var data in Data ?? [])
        {
            text.Append("> ").Append(Escape(data)).Append('\n');
        }

        Append("^ ", Trailers ?? []);
        return text.Append(IsReset ? "!reset\n" : "").ToString();

        void Append(string prefix, IEnumerable<(string Name, string Value)> fields)
        {
            foreach (var (name, value) in fields)
            {
                text.Append(prefix).Append(Escape(name).Replace("=", @"\x3d", StringComparison.Ordinal)).Append('=').Append(Escape(value)).Append('\n');
            }
        }
    }

    public override FuzzInput Map(Func<string, string> change) => new Http2Input(
        [.. Fields.Select(field => Change(field, change))], Data?.Select(change).ToList(), Trailers?.Select(field => Change(field, change)).ToList(), IsReset);

    private static (string, string) Change((string Name, string Value) field, Func<string, string> change) => (change(field.Name), change(field.Value));
}
