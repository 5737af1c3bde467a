using Eventicat.Accounts;

namespace Eventicat.Dashboard.Admin.Keys;

internal static class KeyScopes
{
    public static IReadOnlyList<KeyScope> Of(Scopes scopes) =>
        [.. Enum.GetValues<KeyScope>().Where(scope => scopes.HasFlag((Scopes)scope))];

    /// <summary>All where nothing is said; none where none is said, which the operation denies.</summary>
    public static Scopes ToScopes(IReadOnlyList<KeyScope>? scopes) =>
        scopes?.Aggregate(Scopes.None, (sum, scope) => sum | (Scopes)scope) ?? Scopes.All;
}
