using Eventicat.Accounts;

namespace Eventicat.Gateway.Usage.Counting;

/// <summary>What one account did within one minute, or a part of it.</summary>
internal sealed class AccountUsage(AccountId account, long minute)
{
    private readonly Dictionary<KeyId, long> _keyUses = [];
    private UsageCounts _counts;

    public AccountId Account => account;

    /// <value>Minutes since the Unix epoch.</value>
    public long Minute => minute;

    public UsageCounts Counts => _counts;

    /// <value>When each key was last used, in Unix seconds.</value>
    public IReadOnlyDictionary<KeyId, long> KeyUses => _keyUses;

    /// <value>When a key last came in the URL, in Unix seconds; 0 when none did.</value>
    public long LastUrlKey { get; private set; }

    public void Add(in UsageCounts counts, KeyId key, long lastUse)
    {
        _counts.Add(counts);
        _keyUses[key] = Math.Max(lastUse, _keyUses.GetValueOrDefault(key));
        if (counts.UrlKeys > 0)
        {
            LastUrlKey = Math.Max(lastUse, LastUrlKey);
        }
    }

    public void Add(AccountUsage other)
    {
        _counts.Add(other._counts);
        LastUrlKey = Math.Max(LastUrlKey, other.LastUrlKey);
        foreach (var (key, lastUse) in other._keyUses)
        {
            _keyUses[key] = Math.Max(lastUse, _keyUses.GetValueOrDefault(key));
        }
    }
}
