namespace Eventicat.Accounts.Storage.Documents;

/// <summary>From an account to its JSON members.</summary>
internal static class AccountWriting
{
    public static AccountJson ToJson(Account account) => new()
    {
        Id = account.Id.ToString(),
        Name = account.Name,
        Disabled = account.Disabled,
        Limit = account.Limit is { } limit ? new LimitJson { Permits = limit.Permits, Window = limit.Window.ToString("c") } : null,
        UrlKeys = account.UrlKeys is { } policy ? UrlKeyPolicyNames.Of(policy) : null,
        Keys = [.. account.Keys.Select(ToJson)],
        Aggregators = [.. account.Aggregators.Select(ToJson)],
    };

    private static KeyJson ToJson(AccountKey key) => new()
    {
        Id = key.Id.ToString(),
        Name = key.Name,
        Sha256 = key.Digest.ToString(),
        Scopes = [.. ScopeNames.Of(key.Scopes)],
        Created = key.Created,
        Expires = key.Expires,
        Revoked = key.Revoked,
    };

    private static AggregatorJson ToJson(Aggregator aggregator) => new()
    {
        Id = aggregator.Id.ToString(),
        Name = aggregator.Name,
    };
}
