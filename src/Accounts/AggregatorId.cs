using System.Security.Cryptography;

namespace Eventicat.Accounts;

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
