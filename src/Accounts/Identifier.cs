using System.Buffers;

namespace Eventicat.Accounts;

/// <summary>The shape shared by account, key and aggregator ids: <c>[A-Za-z0-9_-]{1,64}</c>.</summary>
internal static class Identifier
{
    public const int MaxLength = 64;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    public static bool IsValid(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= MaxLength && !text.ContainsAnyExcept(Allowed);
}
