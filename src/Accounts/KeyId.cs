namespace Eventicat.Accounts;

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
