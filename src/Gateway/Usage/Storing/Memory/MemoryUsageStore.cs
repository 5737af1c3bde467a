using Eventicat.Accounts;
using Eventicat.Gateway.Usage.Counting;
using Microsoft.Extensions.Options;

namespace Eventicat.Gateway.Usage.Storing.Memory;

/// <summary>Usage in this process's memory, for one gateway without Redis. The account not seen for longest leaves first.</summary>
internal sealed class MemoryUsageStore(IOptions<UsageOptions> options, TimeProvider time) : IUsageStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<AccountId, LinkedListNode<MemoryAccountHistory>> _accounts = [];
    private readonly LinkedList<MemoryAccountHistory> _byLastUse = new();

    public Task<UsageWriteResult> AddAsync(IReadOnlyCollection<AccountUsage> usage, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            foreach (var one in usage)
            {
                Touch(one.Account).Add(one);
            }
        }

        return Task.FromResult(UsageWriteResult.Stored);
    }

    public Task<UsageHistory> ReadAsync(AccountId account, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult(_accounts.TryGetValue(account, out var node)
                ? node.Value.Read(Now() / 60)
                : new UsageHistory([], [], new Dictionary<KeyId, long>()));
        }
    }

    public Task<IReadOnlyList<UrlKeyUse>> ListUrlKeysAsync(UrlKeyUse? after, int limit, CancellationToken cancellationToken)
    {
        var now = Now();
        var oldest = now - (long)UsageSpan.UrlKeys.TotalSeconds;
        List<UrlKeyUse> all;
        lock (_gate)
        {
            all = [.. _byLastUse.Where(history => history.LastUrlKey > oldest).Select(history => history.ReadUrlKeys(now / 60))];
        }

        all.Sort(UrlKeyUse.Compare);
        return Task.FromResult<IReadOnlyList<UrlKeyUse>>(
            [.. all.Where(use => after is null || UrlKeyUse.Compare(use, after) > 0).Take(limit)]);
    }

    /// <summary>Every key used at or after a moment, in the order of accounts and keys.</summary>
    /// <param name="since">Unix seconds.</param>
    /// <param name="after">The last one already known.</param>
    /// <param name="limit">The most to return.</param>
    public IReadOnlyList<KeyUse> ListKeys(long since, KeyUse? after, int limit)
    {
        List<KeyUse> all;
        lock (_gate)
        {
            all = [.. from history in _byLastUse
                      from use in history.KeyUses
                      where use.Value >= since
                      select new KeyUse(history.Account, use.Key, use.Value)];
        }

        all.Sort(KeyUse.Compare);
        return [.. all.Where(use => after is null || KeyUse.Compare(use, after) > 0).Take(limit)];
    }

    private MemoryAccountHistory Touch(AccountId account)
    {
        if (_accounts.TryGetValue(account, out var node))
        {
            _byLastUse.Remove(node);
        }
        else
        {
            _accounts[account] = node = new(new MemoryAccountHistory(account));
            if (_accounts.Count > options.Value.MaxAccounts)
            {
                _accounts.Remove(_byLastUse.First!.Value.Account);
                _byLastUse.RemoveFirst();
            }
        }

        _byLastUse.AddLast(node);
        return node.Value;
    }

    private long Now() => time.GetUtcNow().ToUnixTimeSeconds();
}
