using System.Buffers;

namespace Eventicat.Gateway.Requests;

/// <summary>The one rule on the characters of header values.</summary>
internal static class HeaderValue
{
    /// <summary>RFC 9110 section 5.5: all control characters but the tab. Bytes from 0x80 on stand for themselves.</summary>
    private static readonly SearchValues<char> Control = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Where(static code => code != '\t').Append(0x7F).Select(static code => (char)code)]);

    public static bool HasControl(ReadOnlySpan<char> value) => value.ContainsAny(Control);
}
