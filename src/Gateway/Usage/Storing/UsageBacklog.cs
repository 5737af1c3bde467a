using Eventicat.Accounts;
using Eventicat.Gateway.Usage.Counting;

namespace Eventicat.Gateway.Usage.Storing;

/// <summary>What waits to be stored: one entry for each account and minute, and a bound on how many. Not thread-safe.</summary>
internal sealed class UsageBacklog(int max)
{
    private Dictionary<(AccountId, long), AccountUsage> _waiting = [];

    /// <returns>How many entries there was no room for.</returns>
    public int Add(IEnumerable<AccountUsage> usage)
    {
        var dropped = 0;
        foreach (var one in usage)
        {
            if (_waiting.TryGetValue((one.Account, one.Minute), out var known))
            {
                known.Add(one);
            }
            else if (_waiting.Count < max)
            {
                _waiting.Add((one.Account, one.Minute), one);
            }
            else
            {
                dropped++;
            }
        }

        return dropped;
    }

    public IReadOnlyCollection<AccountUsage> TakeAll()
    {
        var all = _waiting;
        _waiting = [];
        return all.Values;
    }
}
