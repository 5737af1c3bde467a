using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Eventicat.Accounts;

/// <summary>
/// SHA-256 of an API key, the only form in which a key is stored, cached or looked up. A plain hash is enough:
/// the keys carry 190 bits of randomness (OWASP ASVS 5.0, 6.5.2), so there is nothing to guess.
/// </summary>
public readonly record struct KeyDigest
{
    private readonly ulong _a, _b, _c, _d;

    private KeyDigest(ReadOnlySpan<byte> bytes)
    {
        _a = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _b = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _c = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        _d = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    /// <summary>The digest of a key's text; the text is ASCII by <see cref="ApiKey"/>'s alphabet.</summary>
    public static KeyDigest Of(ReadOnlySpan<char> key)
    {
        Span<byte> utf8 = stackalloc byte[ApiKey.MaxLength * 3];
        if (key.Length > ApiKey.MaxLength)
        {
            throw new ArgumentException("The text is longer than a key may be.", nameof(key));
        }

        var written = Encoding.UTF8.GetBytes(key, utf8);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(utf8[..written], hash);
        CryptographicOperations.ZeroMemory(utf8);
        return new KeyDigest(hash);
    }

    /// <summary>Reads 64 hexadecimal digits of either case.</summary>
    public static bool TryParse(ReadOnlySpan<char> hex, out KeyDigest digest)
    {
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
        var valid = hex.Length == 2 * SHA256.HashSizeInBytes
            && Convert.FromHexString(hex, bytes, out _, out _) == System.Buffers.OperationStatus.Done;
        digest = valid ? new KeyDigest(bytes) : default;
        return valid;
    }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, _a);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], _b);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[16..], _c);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[24..], _d);
        return Convert.ToHexStringLower(bytes);
    }
}
