namespace Eventicat.Fuzzing.Model;

/// <summary>The few productions of RFC 9110 and 3986 that the model needs.</summary>
internal static class Grammar
{
    public static bool IsToken(string text) => text.Length > 0 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || "!#$%&'*+-.^_`|~".Contains(letter, StringComparison.Ordinal));

    public static bool IsFieldValue(string text) => text.All(letter => letter is '\t' or >= ' ' and not '\x7F');

    public static bool IsDigits(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);

    /// <summary>A host that every server reads alike: letters, digits, dots, hyphens, or an address in brackets, and a port.</summary>
    public static bool IsPlainAuthority(string text)
    {
        var port = text.LastIndexOf(':');
        var host = port >= 0 && !text.EndsWith(']') ? text[..port] : text;
        var isPortFine = host.Length == text.Length || (IsDigits(text[(port + 1)..]) && text.Length - port <= 6 && int.Parse(text[(port + 1)..], System.Globalization.CultureInfo.InvariantCulture) is > 0 and < 65536);
        return isPortFine && host.Length > 0 && host.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-');
    }

    /// <summary>Percent-decoded once, byte for byte; what is no escape stands for itself.</summary>
    public static string Decode(string text)
    {
        var decoded = new System.Text.StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '%' && at + 2 < text.Length && char.IsAsciiHexDigit(text[at + 1]) && char.IsAsciiHexDigit(text[at + 2]))
            {
                decoded.Append((char)Convert.ToInt32(text.Substring(at + 1, 2), 16));
                at += 2;
            }
            else
            {
                decoded.Append(text[at]);
            }
        }

        return decoded.ToString();
    }

    public static bool Is(this string text, string other) => text.Equals(other, StringComparison.OrdinalIgnoreCase);
}
