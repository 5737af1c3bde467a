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
