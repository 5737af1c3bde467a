using Eventicat.Accounts;

namespace Eventicat.Gateway.Usage;

/// <summary>Where counts go, and where they are read. Reading may throw <see cref="UsageStoreUnavailableException"/>.</summary>
internal interface IUsageStore
{
    /// <summary>Never throws for a store that is away.</summary>
    Task<UsageWriteResult> AddAsync(IReadOnlyCollection<AccountUsage> usage, CancellationToken cancellationToken);

    Task<UsageHistory> ReadAsync(AccountId account, CancellationToken cancellationToken);

    /// <summary>Accounts that used a key in the URL within <see cref="UsageSpan.UrlKeys"/>, the most recent first.</summary>
    /// <param name="after">The last one already known.</param>
    /// <param name="limit">The most to return.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<IReadOnlyList<UrlKeyUse>> ListUrlKeysAsync(UrlKeyUse? after, int limit, CancellationToken cancellationToken);
}
