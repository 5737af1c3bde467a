using System.Runtime.InteropServices;

namespace Eventicat.Accounts.Storage.File;

/// <summary>
/// One state of the document, immutable. An account keeps its epoch from the state before as long as it is the same
/// object: a change of one must not look like a change of all.
/// </summary>
public sealed class AccountIndex
{
    private readonly Dictionary<AccountId, Versioned> _accounts;
    private readonly Dictionary<KeyDigest, AccountId> _keys = [];

    internal AccountIndex(IReadOnlyCollection<Account> accounts, long epoch, AccountIndex? before = null)
    {
        Accounts = accounts;
        Epoch = epoch;
        _accounts = new Dictionary<AccountId, Versioned>(accounts.Count);
        foreach (var account in accounts)
        {
            var known = before?._accounts.GetValueOrDefault(account.Id) ?? default;
            _accounts.Add(account.Id, new Versioned(account, ReferenceEquals(known.Account, account) ? known.Epoch : epoch));
            foreach (var key in account.Keys)
            {
                _keys.Add(key.Digest, account.Id);
            }
        }
    }

    /// <value>In the document's order.</value>
    public IReadOnlyCollection<Account> Accounts { get; }

    /// <value>How many states there have been.</value>
    public long Epoch { get; }

    /// <returns>The account's epoch; <c>null</c>: there is no such account.</returns>
    public long? FindEpoch(AccountId id) => _accounts.TryGetValue(id, out var found) ? found.Epoch : null;

    public AccountSnapshot? Find(AccountId id) => _accounts.TryGetValue(id, out var found) ? found.Snapshot() : null;

    public AccountSnapshot? FindByKey(KeyDigest digest) => _keys.TryGetValue(digest, out var id) ? Find(id) : null;

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Versioned(Account Account, long Epoch)
    {
        // Made when asked for: a gateway asks for the accounts in use, a reload touches all of them.
        public AccountSnapshot Snapshot() => new(Account, Epoch);
    }
}
