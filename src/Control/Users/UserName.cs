using System.Buffers;

namespace Eventicat.Control.Users;

/// <summary>What somebody signs in with, an e-mail address for instance. Compared without case: kept in lower case.</summary>
public readonly record struct UserName
{
    public const string Rule = "1 to 100 letters, digits and . _ - + @";
    private const int MaxLength = 100;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-+@");

    private readonly string? _value;

    private UserName(string value) => _value = value;

    public static bool TryParse(string? text, out UserName name)
    {
        var lower = text?.Trim().ToLowerInvariant() ?? "";
        var valid = lower.Length is > 0 and <= MaxLength && !lower.AsSpan().ContainsAnyExcept(Allowed);
        name = valid ? new UserName(lower) : default;
        return valid;
    }

    /// <exception cref="FormatException">The text is not a user's name.</exception>
    public static UserName Parse(string text) =>
        TryParse(text, out var name) ? name : throw new FormatException($"A user's name is {Rule}.");

    public override string ToString() => _value ?? "";
}
