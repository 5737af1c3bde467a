using System.Globalization;
using Eventicat.Accounts;

namespace Eventicat.Control.Operations;

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
