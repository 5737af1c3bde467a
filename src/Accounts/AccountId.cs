namespace Eventicat.Accounts;

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
