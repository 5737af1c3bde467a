using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Eventicat.Control.Tokens;

/// <summary>
/// The secret with which a program uses the admin API: <c>evo_</c>, 8 characters of public id, <c>_</c> and 32 random
/// characters, all base62. The text leaves this type only through <see cref="Reveal"/>.
/// </summary>
public sealed class OperatorToken
{
    private const string Prefix = "evo_";
    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int IdLength = 8;
    private const int SecretLength = 32;
    private const int SecretStart = 13;

    private static readonly SearchValues<char> Characters = SearchValues.Create(Base62);

    private readonly string _text;

    private OperatorToken(string text) => _text = text;

    /// <value>The public part.</value>
    public string Id => _text[Prefix.Length..(Prefix.Length + IdLength)];

    internal string Sha256 => Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(_text)));

    public static OperatorToken Generate() => new(
        $"{Prefix}{RandomNumberGenerator.GetString(Base62, IdLength)}_{RandomNumberGenerator.GetString(Base62, SecretLength)}");

    public static bool TryParse(string? text, [NotNullWhen(true)] out OperatorToken? token)
    {
        var valid = text is { Length: SecretStart + SecretLength }
            && text.StartsWith(Prefix, StringComparison.Ordinal)
            && text[SecretStart - 1] == '_'
            && !text.AsSpan(Prefix.Length, IdLength).ContainsAnyExcept(Characters)
            && !text.AsSpan(SecretStart).ContainsAnyExcept(Characters);
        token = valid ? new OperatorToken(text!) : null;
        return valid;
    }

    /// <summary>The secret itself, for showing it once. Never for a log.</summary>
    public string Reveal() => _text;

    public override string ToString() => $"{Prefix}{Id}_…";
}
