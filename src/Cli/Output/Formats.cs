using System.Globalization;
using Eventicat.Accounts;

namespace Eventicat.Cli.Output;

/// <summary>How values look in tables and in JSON.</summary>
internal static class Formats
{
    public static string? Moment(DateTimeOffset? moment) =>
        moment?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Limit(AccountLimit? limit) =>
        limit is null ? "default" : string.Create(CultureInfo.InvariantCulture, $"{limit.Permits} per {limit.Window:c}");

    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Texts from elsewhere, exceptions' above all, may have several lines.</summary>
internal static class OneLine
{
    public static string Of(string text) =>
        string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
