using System.Runtime.CompilerServices;

namespace Eventicat.Accounts.Storage.Redis;

/// <summary>Applies many accounts at once, since each one waits for the network and Redis waits for work.</summary>
internal static class RedisApply
{
    /// <summary>Enough to keep one Redis busy; more only makes answers late.</summary>
    private const int MaxInFlight = 256;

    public static async IAsyncEnumerable<ApplyResult> InFlightAsync(
        IAsyncEnumerable<Account> accounts,
        Func<Account, Task<ApplyResult>> apply,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var inFlight = new Queue<Task<ApplyResult>>();
        var ids = new HashSet<AccountId>();
        await foreach (var account in accounts.WithCancellation(cancellationToken))
        {
            // The same account again: the earlier one has to be stored first, or the last one would not stay.
            while (inFlight.Count == MaxInFlight || (inFlight.Count > 0 && ids.Contains(account.Id)))
            {
                yield return await NextAsync(inFlight, ids);
            }

            ids.Add(account.Id);
            inFlight.Enqueue(apply(account));
        }

        while (inFlight.Count > 0)
        {
            yield return await NextAsync(inFlight, ids);
        }
    }

    private static async Task<ApplyResult> NextAsync(Queue<Task<ApplyResult>> inFlight, HashSet<AccountId> ids)
    {
        var result = await inFlight.Dequeue();
        ids.Remove(result.Id);
        return result;
    }
}
