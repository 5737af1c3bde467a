using Microsoft.Extensions.Primitives;

namespace Eventicat.Gateway.Credentials;

/// <summary>The header <c>Authorization: Bearer token</c>, RFC 6750 section 2.1; the scheme is compared without case.</summary>
internal static class BearerHeader
{
    private const string Scheme = "Bearer";

    /// <returns>Whether this is a Bearer header; its token may be empty.</returns>
    public static bool TryRead(string? header, out ReadOnlySpan<char> token)
    {
        token = default;
        var text = header.AsSpan().Trim(' ');
        if (!text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            || (text.Length > Scheme.Length && text[Scheme.Length] is not (' ' or '\t')))
        {
            return false;
        }

        token = text[Scheme.Length..].Trim(" \t");
        return true;
    }

    /// <summary>The one header for this key; the one that came, if it has exactly that form already.</summary>
    public static StringValues For(string key, StringValues came) =>
        came is [{ } only] && only.Length == Scheme.Length + 1 + key.Length
            && only.StartsWith(Scheme + " ", StringComparison.Ordinal) && only.EndsWith(key, StringComparison.Ordinal)
            ? came
            : $"{Scheme} {key}";
}
