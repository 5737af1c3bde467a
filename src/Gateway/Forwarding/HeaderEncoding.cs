using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Net.Http.Headers;

namespace Eventicat.Gateway.Forwarding;

/// <summary>
/// Header values go on byte for byte, both ways: read and written as Latin-1, each byte is one character and the same
/// byte again. Kestrel and the client would otherwise refuse what is not ASCII, or not UTF-8.
/// </summary>
internal static class HeaderEncoding
{
    private static readonly Encoding ContentLength = new ContentLengthEncoding();

    public static void Apply(KestrelServerOptions kestrel)
    {
        kestrel.RequestHeaderEncodingSelector = static name =>
            name.Equals(HeaderNames.ContentLength, StringComparison.OrdinalIgnoreCase) ? ContentLength : Encoding.Latin1;
        kestrel.ResponseHeaderEncodingSelector = static _ => Encoding.Latin1;
    }

    public static void Apply(SocketsHttpHandler handler)
    {
        handler.RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1;
        handler.ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1;
    }

    /// <summary>
    /// RFC 9110 section 8.6: digits, and nothing else. Kestrel's own reading takes <c>+4</c>, and this one it does with
    /// a buffer of 20 characters; what is no length becomes one character that it refuses.
    /// </summary>
    private sealed class ContentLengthEncoding : Encoding
    {
        private const int MaxDigits = 19;

        public override int GetByteCount(char[] chars, int index, int count) => count;

        public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
            ASCII.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

        public override int GetCharCount(byte[] bytes, int index, int count) => GetCharCount(bytes.AsSpan(index, count));

        public override int GetCharCount(ReadOnlySpan<byte> bytes) => IsLength(bytes) ? bytes.Length : 1;

        public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
            GetChars(bytes.AsSpan(byteIndex, byteCount), chars.AsSpan(charIndex));

        public override int GetChars(ReadOnlySpan<byte> bytes, Span<char> chars)
        {
            if (IsLength(bytes))
            {
                return ASCII.GetChars(bytes, chars);
            }

            chars[0] = '?';
            return 1;
        }

        public override int GetMaxByteCount(int charCount) => charCount;

        public override int GetMaxCharCount(int byteCount) => Math.Max(1, byteCount);

        private static bool IsLength(ReadOnlySpan<byte> bytes) =>
            bytes.Length is > 0 and <= MaxDigits && !bytes.ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }
}
