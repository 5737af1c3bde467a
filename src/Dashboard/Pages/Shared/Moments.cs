using System.Globalization;
using Eventicat.Accounts;

namespace Eventicat.Dashboard.Pages.Shared;

/// <summary>Formats times and limits. Times are in UTC like those in logs: the reader may be in any time zone.</summary>
internal static class Moments
{
    public static string Full(DateTimeOffset? moment, string none = "–") =>
        moment?.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture) ?? none;

    public static string Minute(DateTimeOffset? moment, string none = "–") =>
        moment?.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) ?? none;

    public static string Day(DateTimeOffset? moment, string none = "never") =>
        moment?.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? none;

    public static string Limit(AccountLimit? limit) =>
        limit is null ? "default" : string.Create(CultureInfo.InvariantCulture, $"{limit.Permits:N0} per {Length(limit.Window)}");

    public static string Length(TimeSpan time) => time.TotalSeconds switch
    {
        < 120 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s"),
        < 7200 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0.##} min"),
        < 172800 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.##} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalDays:0.##} days"),
    };
}
