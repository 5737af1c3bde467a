using System.Collections.Concurrent;
using Eventicat.Accounts;

namespace Eventicat.Gateway.Usage.Counting;

/// <summary>The counters of one minute, or of the part of it between two flushes.</summary>
/// <param name="minute">Minutes since the Unix epoch.</param>
/// <param name="maxKeys">The most counters it may hold.</param>
/// <param name="expectedKeys">How many it probably will: growing a map of many stops its writers.</param>
internal sealed class UsageGeneration(long minute, int maxKeys, int expectedKeys)
{
    private readonly ConcurrentDictionary<(AccountId Account, KeyId Key), KeyCounter> _counters =
        new(Environment.ProcessorCount, expectedKeys);

    /// <summary>The map's own count locks the whole of it.</summary>
    private int _size;
    private int _isClosed;

    public long Minute => minute;

    public int Size => Volatile.Read(ref _size);

    /// <value>
    /// Whether it is being moved. What was counted before it is closed is moved; whoever finds it closed after counting
    /// has to take the count out again, if it is still there, and count it elsewhere.
    /// </value>
    public bool IsClosed => Volatile.Read(ref _isClosed) != 0;

    /// <returns>The key's counter, or <c>null</c>: there is no room for another.</returns>
    public KeyCounter? Find(AccountId account, KeyId key)
    {
        if (_counters.TryGetValue((account, key), out var counter))
        {
            return counter;
        }

        if (Size >= maxKeys)
        {
            return null;
        }

        var added = new KeyCounter();
        counter = _counters.GetOrAdd((account, key), added);
        if (ReferenceEquals(counter, added))
        {
            Interlocked.Increment(ref _size);
        }

        return counter;
    }

    public void CloseAndMoveTo(Dictionary<(AccountId, long), AccountUsage> usage)
    {
        // A full fence, as each increment is: one of the two sees the other.
        Interlocked.Exchange(ref _isClosed, 1);
        foreach (var ((account, key), counter) in _counters)
        {
            var counts = counter.Take(out var lastUse);
            if (counts.IsEmpty)
            {
                continue;
            }

            if (!usage.TryGetValue((account, minute), out var ofAccount))
            {
                usage[(account, minute)] = ofAccount = new AccountUsage(account, minute);
            }

            ofAccount.Add(counts, key, lastUse);
        }
    }
}
