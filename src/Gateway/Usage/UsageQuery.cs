using System.Globalization;

namespace Eventicat.Gateway.Usage;

/// <summary>The query parameters of lists.</summary>
internal static class UsageQuery
{
    public const int MaxLimit = 1000;

    /// <returns><c>false</c>: there, and not a number from <paramref name="min"/> to <paramref name="max"/>.</returns>
    public static bool TryReadNumber(HttpRequest request, string name, long missing, long min, long max, out long value)
    {
        value = missing;
        return request.Query[name] is var given && (given.Count == 0
            || (long.TryParse(given.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= min && value <= max));
    }

    public static string? ReadCursor(HttpRequest request) => request.Query["after"].ToString() is { Length: > 0 } text ? text : null;
}
