using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Eventicat.Accounts;
using Eventicat.Redis;

namespace Eventicat.Control.AccountStorage.Redis;

/// <summary>Applies many accounts in batches, and prepares the next one while Redis is busy with this one.</summary>
internal sealed class RedisApply(RedisBatch batch, RedisCalls calls)
{
    /// <summary>So large that waiting for Redis costs little, and so small that a batch ends long before its claims do.</summary>
    private const int BatchSize = 1000;

    public async IAsyncEnumerable<ApplyResult> RunAsync(
        IAsyncEnumerable<Account> accounts, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var batches = Channel.CreateBounded<IReadOnlyList<PreparedAccount>>(1);
        // Never awaited: what goes wrong there comes out of the channel, and a source that waits for somebody typing
        // must not keep a failure of Redis back.
        _ = Task.Run(() => PrepareAsync(accounts, batches.Writer, ended.Token), CancellationToken.None);
        try
        {
            await foreach (var accountsOfOne in batches.Reader.ReadAllAsync(cancellationToken))
            {
                var results = await calls.RunAsync(
                    (database, token) => batch.StoreAsync(database, accountsOfOne, token), cancellationToken);
                foreach (var result in results)
                {
                    yield return result;
                }
            }
        }
        finally
        {
            await ended.CancelAsync();
        }
    }

    private static async Task PrepareAsync(
        IAsyncEnumerable<Account> accounts, ChannelWriter<IReadOnlyList<PreparedAccount>> batches, CancellationToken cancellationToken)
    {
        try
        {
            var current = new List<PreparedAccount>(BatchSize);
            var ids = new HashSet<AccountId>();
            await foreach (var account in accounts.WithCancellation(cancellationToken))
            {
                // The same account again: the earlier one has to be stored first, or the last one would not stay.
                if (current.Count == BatchSize || ids.Contains(account.Id))
                {
                    await batches.WriteAsync(current, cancellationToken);
                    current = new List<PreparedAccount>(BatchSize);
                    ids.Clear();
                }

                ids.Add(account.Id);
                current.Add(PreparedAccount.Of(account));
            }

            await batches.WriteAsync(current, cancellationToken);
            batches.Complete();
        }
        catch (Exception exception)
        {
            batches.Complete(exception);
        }
    }
}
