using System.Buffers;
using System.Security.Cryptography;

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

/// <summary>An account's id, the partition key of the rate limit. Matches <c>[A-Za-z0-9_-]{1,64}</c>.</summary>
public readonly record struct AccountId
{
    private readonly string? _value;

    private AccountId(string value) => _value = value;

    public static bool TryParse(string? text, out AccountId id)
    {
        var valid = Identifier.IsValid(text);
        id = valid ? new AccountId(text!) : default;
        return valid;
    }

    /// <exception cref="FormatException">The text does not have the shape of an id.</exception>
    public static AccountId Parse(string text) =>
        TryParse(text, out var id)
            ? id
            : throw new FormatException($"'{text}' is not an id: 1 to 64 letters, digits, '_' or '-'.");

    public override string ToString() => _value ?? "";
}

/// <summary>The public id of an API key; it may be logged, the key may not. Matches <c>[A-Za-z0-9_-]{1,64}</c>.</summary>
public readonly record struct KeyId
{
    private readonly string? _value;

    private KeyId(string value) => _value = value;

    public static bool TryParse(string? text, out KeyId id)
    {
        var valid = Identifier.IsValid(text);
        id = valid ? new KeyId(text!) : default;
        return valid;
    }

    /// <exception cref="FormatException">The text does not have the shape of an id.</exception>
    public static KeyId Parse(string text) =>
        TryParse(text, out var id)
            ? id
            : throw new FormatException($"'{text}' is not an id: 1 to 64 letters, digits, '_' or '-'.");

    public override string ToString() => _value ?? "";
}

/// <summary>An aggregator's id, unique across the deployment. Matches <c>[A-Za-z0-9_-]{1,64}</c>.</summary>
public readonly record struct AggregatorId
{
    private readonly string? _value;

    private AggregatorId(string value) => _value = value;

    public static bool TryParse(string? text, out AggregatorId id)
    {
        var valid = Identifier.IsValid(text);
        id = valid ? new AggregatorId(text!) : default;
        return valid;
    }

    /// <exception cref="FormatException">The text does not have the shape of an id.</exception>
    public static AggregatorId Parse(string text) =>
        TryParse(text, out var id)
            ? id
            : throw new FormatException($"'{text}' is not an id: 1 to 64 letters, digits, '_' or '-'.");

    /// <summary>A new id that nobody has and nobody can guess.</summary>
    public static AggregatorId Generate() => new("agg_" + RandomNumberGenerator.GetString(ApiKey.Base62, 16));

    public override string ToString() => _value ?? "";
}
