namespace Eventicat.Gateway.Credentials;

/// <summary>Percent-decoding as RFC 3986 section 2.1 has it, byte for byte: what is not an escape stands for itself.</summary>
internal static class PercentEncoding
{
    /// <summary>Reads one character or one escape (as the character of that byte) and moves past it.</summary>
    public static char ReadAt(ReadOnlySpan<char> text, ref int at)
    {
        if (text[at] == '%' && at + 2 < text.Length
            && char.IsAsciiHexDigit(text[at + 1]) && char.IsAsciiHexDigit(text[at + 2]))
        {
            var value = (Digit(text[at + 1]) << 4) | Digit(text[at + 2]);
            at += 3;
            return (char)value;
        }

        return text[at++];
    }

    /// <summary>Every escape as the character of its byte: enough for keys, which are ASCII or refused.</summary>
    public static string DecodeBytes(ReadOnlySpan<char> text)
    {
        Span<char> decoded = text.Length <= 768 ? stackalloc char[text.Length] : new char[text.Length];
        var length = 0;
        for (var at = 0; at < text.Length;)
        {
            decoded[length++] = ReadAt(text, ref at);
        }

        return decoded[..length].ToString();
    }

    private static int Digit(char hex) => char.IsAsciiDigit(hex) ? hex - '0' : (hex | 0x20) - 'a' + 10;
}
