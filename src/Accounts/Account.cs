namespace Eventicat.Accounts;

/// <summary>Who is authenticated and limited. Immutable: a change makes a new one and goes through the store.</summary>
public sealed record Account
{
    public required AccountId Id { get; init; }

    public string Name { get; init; } = "";

    /// <value>A disabled account's keys are refused like unknown ones.</value>
    public bool Disabled { get; init; }

    /// <value><c>null</c>: the gateway's default, <c>RateLimit:Permits</c> per <c>RateLimit:Window</c>.</value>
    public AccountLimit? Limit { get; init; }

    /// <value>What becomes of keys in URLs; <c>null</c>: as the gateway's <c>Credentials:UrlKeys</c> says.</value>
    public UrlKeyPolicy? UrlKeys { get; init; }

    public IReadOnlyList<AccountKey> Keys { get; init; } = [];

    public IReadOnlyList<Aggregator> Aggregators { get; init; } = [];
}

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

/// <summary>What is kept of an API key: everything but the key.</summary>
public sealed record AccountKey
{
    public required KeyId Id { get; init; }

    public string Name { get; init; } = "";

    public required KeyDigest Digest { get; init; }

    public Scopes Scopes { get; init; } = Scopes.All;

    public DateTimeOffset? Created { get; init; }

    /// <value>The first moment at which the key no longer works; <c>null</c> for never.</value>
    public DateTimeOffset? Expires { get; init; }

    /// <value>When the key was revoked; from then on it never works again.</value>
    public DateTimeOffset? Revoked { get; init; }

    public bool IsUsableAt(DateTimeOffset now) => Revoked is null && (Expires is null || now < Expires);
}

/// <summary>What an account's events are sent to, named by <c>_id</c> in the URL.</summary>
public sealed record Aggregator(AggregatorId Id, string Name = "");
