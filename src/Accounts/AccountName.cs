using System.Globalization;

namespace Eventicat.Accounts;

/// <summary>The rule for what people call accounts, keys and aggregators.</summary>
public static class AccountName
{
    public const int MaxLength = 200;

    /// <summary>What is wrong with this name, or <c>null</c>. Control characters would act on the terminal that shows them.</summary>
    public static string? Validate(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length > MaxLength ? string.Create(CultureInfo.InvariantCulture, $"must not be longer than {MaxLength} characters")
            : name.Any(char.IsControl) ? "must not contain control characters"
            : null;
    }
}
