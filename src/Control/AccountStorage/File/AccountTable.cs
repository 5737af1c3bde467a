using Eventicat.Accounts;

namespace Eventicat.Control.AccountStorage.File;

/// <summary>The accounts while they are being changed, with what has to be unique among them.</summary>
internal sealed class AccountTable
{
    private readonly Dictionary<AccountId, Account> _accounts;
    private readonly Dictionary<KeyDigest, AccountId> _keys = [];
    private readonly Dictionary<AggregatorId, AccountId> _aggregators = [];

    public AccountTable(IReadOnlyCollection<Account> accounts)
    {
        _accounts = new Dictionary<AccountId, Account>(accounts.Count);
        foreach (var account in accounts)
        {
            Add(account);
        }
    }

    public IReadOnlyCollection<Account> Accounts => _accounts.Values;

    public Account? Find(AccountId id) => _accounts.GetValueOrDefault(id);

    /// <summary>Puts the account in the place of the one with this id, or removes that one.</summary>
    /// <returns>What another account holds already, and then nothing is changed; <c>null</c> on success.</returns>
    public string? Replace(AccountId id, Account? account)
    {
        if (account is not null && FindConflict(account) is { } conflict)
        {
            return conflict;
        }

        if (Find(id) is { } old)
        {
            Forget(old);
        }

        if (account is null)
        {
            _accounts.Remove(id);
        }
        else
        {
            Add(account);
        }

        return null;
    }

    private string? FindConflict(Account account)
    {
        foreach (var key in account.Keys)
        {
            if (_keys.TryGetValue(key.Digest, out var holder) && holder != account.Id)
            {
                return key.Digest.ToString();
            }
        }

        foreach (var aggregator in account.Aggregators)
        {
            if (_aggregators.TryGetValue(aggregator.Id, out var holder) && holder != account.Id)
            {
                return aggregator.Id.ToString();
            }
        }

        return null;
    }

    private void Add(Account account)
    {
        // By indexer: an account that is changed keeps its place in the document, so a diff shows the change only.
        _accounts[account.Id] = account;
        foreach (var key in account.Keys)
        {
            _keys.Add(key.Digest, account.Id);
        }

        foreach (var aggregator in account.Aggregators)
        {
            _aggregators.Add(aggregator.Id, account.Id);
        }
    }

    private void Forget(Account account)
    {
        foreach (var key in account.Keys)
        {
            _keys.Remove(key.Digest);
        }

        foreach (var aggregator in account.Aggregators)
        {
            _aggregators.Remove(aggregator.Id);
        }
    }
}
