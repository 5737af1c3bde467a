namespace Eventicat.Gateway.Usage;

/// <summary>How far back usage is known.</summary>
internal static class UsageSpan
{
    /// <summary>The present minute included.</summary>
    public const int Minutes = 120;

    /// <summary>The present hour included: seven days.</summary>
    public const int Hours = 168;

    public static readonly TimeSpan UrlKeys = TimeSpan.FromDays(7);

    /// <summary>Longer than a year, so that a key used once a year does not look unused.</summary>
    public static readonly TimeSpan LastUses = TimeSpan.FromDays(400);
}
