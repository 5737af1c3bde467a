using System.Buffers;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;

namespace Eventicat.Accounts;

/// <summary>
/// A secret as a client presents it. Our own have the form <c>evc_</c>, 8 characters of key id, <c>_</c>, 32 random
/// characters and 6 of checksum, all base62; keys of another shape are existing ones that were imported.
/// The text leaves this type only through <see cref="Reveal"/>.
/// </summary>
public sealed class ApiKey
{
    public const int MaxLength = 256;

    public const string Prefix = "evc_";
    internal const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int IdLength = 8;
    private const int SecretLength = 32;
    private const int ChecksumLength = 6;
    private const int SecretStart = 13;
    private const int OwnLength = SecretStart + SecretLength + ChecksumLength;

    /// <summary>RFC 6750 section 2.1, <c>b64token</c>; no other character can be part of a Bearer header.</summary>
    private static readonly SearchValues<char> Allowed = SearchValues.Create(Base62 + "-._~+/=");
    private static readonly SearchValues<char> Base62Characters = SearchValues.Create(Base62);

    private readonly string _text;

    private ApiKey(string text)
    {
        _text = text;
        Digest = KeyDigest.Of(text);
    }

    public KeyDigest Digest { get; }

    /// <value>The id that one of our own keys contains; <c>null</c> for a key of another shape.</value>
    public KeyId? PublicId =>
        _text.StartsWith(Prefix, StringComparison.Ordinal) ? KeyId.Parse(_text[Prefix.Length..(SecretStart - 1)]) : null;

    /// <summary>A new key from the system's cryptographic random source; <paramref name="id"/> is its public part.</summary>
    public static ApiKey Generate(out KeyId id)
    {
        var publicPart = RandomNumberGenerator.GetString(Base62, IdLength);
        id = KeyId.Parse(publicPart);
        var body = $"{Prefix}{publicPart}_{RandomNumberGenerator.GetString(Base62, SecretLength)}";
        return new ApiKey(body + Checksum(body));
    }

    /// <summary>
    /// Whether the text can be a key at all. False for text that is empty, longer than <see cref="MaxLength"/>, has a
    /// character outside RFC 6750's <c>b64token</c>, or claims to be one of ours and fails the checksum: none of
    /// those is worth asking a store for.
    /// </summary>
    public static bool TryParse(string? text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ApiKey? key)
    {
        key = IsWellFormed(text) ? new ApiKey(text!) : null;
        return key is not null;
    }

    /// <summary>The secret itself: for the Bearer header and for showing a new key once. Never for a log.</summary>
    public string Reveal() => _text;

    /// <summary>The public part of one of our own keys, or nothing of an imported one.</summary>
    public override string ToString() =>
        _text.StartsWith(Prefix, StringComparison.Ordinal) ? $"{_text[..(SecretStart - 1)]}_…" : "…";

    internal static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > MaxLength || text.ContainsAnyExcept(Allowed))
        {
            return false;
        }

        return !text.StartsWith(Prefix, StringComparison.Ordinal) || HasValidChecksum(text);
    }

    private static bool HasValidChecksum(ReadOnlySpan<char> text) =>
        text.Length == OwnLength
        && text[SecretStart - 1] == '_'
        && !text[Prefix.Length..(SecretStart - 1)].ContainsAnyExcept(Base62Characters)
        && !text[SecretStart..].ContainsAnyExcept(Base62Characters)
        && text[^ChecksumLength..].SequenceEqual(Checksum(text[..^ChecksumLength]));

    private static string Checksum(ReadOnlySpan<char> body)
    {
        Span<byte> ascii = stackalloc byte[OwnLength];
        var written = Encoding.ASCII.GetBytes(body, ascii);
        var crc = Crc32.HashToUInt32(ascii[..written]);
        return string.Create(ChecksumLength, crc, static (digits, rest) =>
        {
            for (var i = digits.Length - 1; i >= 0; i--, rest /= 62)
            {
                digits[i] = Base62[(int)(rest % 62)];
            }
        });
    }
}
