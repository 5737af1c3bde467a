using System.Collections.Frozen;

namespace Eventicat.Accounts;

/// <summary>An account as a store held it at one <see cref="Epoch"/>, indexed for the path of a request.</summary>
public sealed class AccountSnapshot
{
    private readonly FrozenDictionary<KeyDigest, AccountKey> _keys;
    private readonly FrozenDictionary<string, AggregatorId> _aggregators;

    public AccountSnapshot(Account account, long epoch)
    {
        ArgumentNullException.ThrowIfNull(account);
        Account = account;
        Epoch = epoch;
        _keys = account.Keys.ToFrozenDictionary(key => key.Digest);
        _aggregators = account.Aggregators.ToFrozenDictionary(
            aggregator => aggregator.Id.ToString(), aggregator => aggregator.Id, StringComparer.Ordinal);
    }

    public Account Account { get; }

    /// <value>Differs whenever the account's content differs, also across deletion and re-creation.</value>
    public long Epoch { get; }

    /// <summary>The account's record of this key, usable or not.</summary>
    public AccountKey? FindKey(KeyDigest digest) => _keys.GetValueOrDefault(digest);

    /// <summary>Whether the text, compared exactly, is the id of one of the account's aggregators.</summary>
    public bool TryGetAggregator(ReadOnlySpan<char> id, out AggregatorId aggregator) =>
        _aggregators.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(id, out aggregator);
}
