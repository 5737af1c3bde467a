using System.Globalization;
using System.Runtime.InteropServices;
using Eventicat.Accounts;

namespace Eventicat.Control.Operations;

/// <summary>What is to be changed of an account; what is not given stays.</summary>
public sealed record AccountUpdate
{
    public Optional<string> Name { get; init; }

    public Optional<bool> Disabled { get; init; }

    /// <value><c>null</c> for the gateway's default.</value>
    public Optional<AccountLimit?> Limit { get; init; }

    /// <value><c>null</c> for what the gateway does with keys in URLs.</value>
    public Optional<UrlKeyPolicy?> UrlKeys { get; init; }

    internal Denial? Validate() =>
        AccountOperations.ValidateName(Name.Or("")) ?? AccountOperations.ValidateLimit(Limit.Or(null));

    /// <returns>The same account where nothing would be another.</returns>
    internal Account Apply(Account account)
    {
        var updated = account with
        {
            Name = Name.Or(account.Name),
            Disabled = Disabled.Or(account.Disabled),
            Limit = Limit.Or(account.Limit),
            UrlKeys = UrlKeys.Or(account.UrlKeys),
        };
        return updated == account ? account : updated;
    }
}

/// <summary>A value, perhaps <c>null</c>, or none: of something that is left as it is.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Optional<T>
{
    private readonly T _value;

    public Optional(T value) => (_value, IsGiven) = (value, true);

    public bool IsGiven { get; }

    public T Or(T other) => IsGiven ? _value : other;

    public static implicit operator Optional<T>(T value) => new(value);
}

/// <summary>Two states of an account's own properties, put into words for the audit log.</summary>
internal static class AccountDifference
{
    public static string Describe(Account? before, Account? after) => before is null || after is null
        ? ""
        : string.Join(", ", Parts(before, after));

    private static IEnumerable<string> Parts(Account before, Account after)
    {
        if (before.Name != after.Name)
        {
            yield return $"name '{before.Name}' to '{after.Name}'";
        }

        if (before.Limit != after.Limit)
        {
            yield return $"limit {Text(before.Limit)} to {Text(after.Limit)}";
        }

        if (before.UrlKeys != after.UrlKeys)
        {
            yield return $"keys in URLs {Text(before.UrlKeys)} to {Text(after.UrlKeys)}";
        }

        if (before.Disabled != after.Disabled)
        {
            yield return after.Disabled ? "disabled" : "enabled";
        }
    }

    private static string Text(UrlKeyPolicy? policy) => policy?.ToString().ToLowerInvariant() ?? "default";

    private static string Text(AccountLimit? limit) =>
        limit is null ? "default" : string.Create(CultureInfo.InvariantCulture, $"{limit.Permits} per {limit.Window:c}");
}
