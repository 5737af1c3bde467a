using System.Diagnostics.CodeAnalysis;

namespace Eventicat.Accounts.Storage.File;

/// <summary>One state of the document, immutable.</summary>
internal sealed class AccountIndex
{
    private readonly Dictionary<AccountId, Account> _accounts = [];
    private readonly Dictionary<KeyDigest, Account> _keys = [];

    public AccountIndex(IReadOnlyCollection<Account> accounts, long epoch)
    {
        Accounts = accounts;
        Epoch = epoch;
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

    // Made when asked for: a gateway asks for the accounts in use, a reload touches all of them.
    [return: NotNullIfNotNull(nameof(account))]
    public AccountSnapshot? Snapshot(Account? account) => account is null ? null : new AccountSnapshot(account, Epoch);
}
