using System.Runtime.InteropServices;
using Eventicat.Accounts;
using Eventicat.Gateway.Usage.Counting;

namespace Eventicat.Gateway.Usage.Storing;

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

/// <summary>What became of counts that were to be stored.</summary>
/// <param name="Rest">Not stored for certain, and may be given again.</param>
/// <param name="Lost">Accounts whose counts may or may not be stored; giving them again could count twice.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct UsageWriteResult(IReadOnlyCollection<AccountUsage> Rest, int Lost)
{
    public static UsageWriteResult Stored { get; } = new([], 0);
}

/// <summary>The store did not answer a question about usage.</summary>
internal sealed class UsageStoreUnavailableException(Exception innerException)
    : Exception("The usage store does not answer.", innerException);
