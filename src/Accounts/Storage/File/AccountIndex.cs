using System.Diagnostics.CodeAnalysis;

namespace Eventicat.Accounts.Storage.File;

/// <summary>One state of the document, immutable.</summary>
internal sealed class AccountIndex
{
    private readonly Dictionary<AccountId, Account> _accounts = [];
    private readonly Dictionary<KeyDigest, Account> _keys = [];

    // Made when asked for, once: no gateway asks, and sorting would make its reloads longer.
    private readonly Lazy<AccountOrder> _order;

    public AccountIndex(IReadOnlyCollection<Account> accounts, long epoch)
    {
        Accounts = accounts;
        Epoch = epoch;
        _order = new Lazy<AccountOrder>(() => new AccountOrder(accounts));
        foreach (var account in accounts)
        {
            _accounts.Add(account.Id, account);
            foreach (var key in account.Keys)
            {
                _keys.Add(key.Digest, account);
            }
        }
    }

    /// <value>In the document's order.</value>
    public IReadOnlyCollection<Account> Accounts { get; }

    public long Epoch { get; }

    public bool Contains(AccountId id) => _accounts.ContainsKey(id);

    public AccountSnapshot? Find(AccountId id) => Snapshot(_accounts.GetValueOrDefault(id));

    public AccountSnapshot? FindByKey(KeyDigest digest) => Snapshot(_keys.GetValueOrDefault(digest));

    public AccountPage Page(AccountPageRequest request)
    {
        var (accounts, hasMore) = _order.Value.Read(request);
        return new AccountPage([.. accounts.Select(account => Snapshot(account))], hasMore ? accounts[^1].Id : null);
    }

    // Made when asked for: a gateway asks for the accounts in use, a reload touches all of them.
    [return: NotNullIfNotNull(nameof(account))]
    public AccountSnapshot? Snapshot(Account? account) => account is null ? null : new AccountSnapshot(account, Epoch);
}
