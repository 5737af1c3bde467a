using System.Globalization;
using System.Text.RegularExpressions;

namespace Eventicat.Accounts;

/// <summary>The rule for what people call accounts, keys and aggregators.</summary>
public static partial class AccountName
{
    public const int MaxLength = 200;

    /// <summary>What is wrong with this name, or <c>null</c>. Control characters would act on the terminal that shows them.</summary>
    public static string? Validate(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length > MaxLength ? string.Create(CultureInfo.InvariantCulture, $"must not be longer than {MaxLength} characters")
            : name.Contains(ApiKey.Prefix, StringComparison.Ordinal) && OwnKey().IsMatch(name) ? "must not contain an API key"
            : name.Any(char.IsControl) ? "must not contain control characters"
            : null;
    }

    /// <summary>Names go into logs and pages, where a key pasted into the wrong field would stay readable.</summary>
    [GeneratedRegex("evc_[0-9A-Za-z]{8}_[0-9A-Za-z]{16}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OwnKey();
}
