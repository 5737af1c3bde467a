namespace Eventicat.Accounts;

/// <summary>At most <paramref name="Permits"/> admitted requests in any <paramref name="Window"/>.</summary>
/// <param name="Permits">At least 1.</param>
/// <param name="Window">Longer than zero, at most <see cref="MaxWindow"/>.</param>
public sealed record AccountLimit(int Permits, TimeSpan Window)
{
    /// <summary>A log entry lives as long as its window; a month bounds what one account can occupy.</summary>
    public static readonly TimeSpan MaxWindow = TimeSpan.FromDays(31);

    /// <summary>The most permits of one window: one log entry each, so this bounds memory per account.</summary>
    public const int MaxPermits = 1_000_000;

    /// <summary>What is wrong with these values, or <c>null</c>.</summary>
    public static string? Validate(int permits, TimeSpan window) =>
        permits is < 1 or > MaxPermits
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"permits must be 1 to {MaxPermits}, not {permits}")
        : window <= TimeSpan.Zero || window > MaxWindow
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"window must be longer than zero and at most {MaxWindow:c}, not {window:c}")
        : null;
}
