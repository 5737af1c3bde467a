using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Eventicat.Accounts;
using Eventicat.Accounts.Storage.Documents;
using Eventicat.Redis;
using StackExchange.Redis;

namespace Eventicat.Control.AccountStorage.Redis;

/// <summary>Applies many accounts in batches, and prepares the next one while Redis is busy with this one.</summary>
internal sealed class RedisApply(RedisAccountRecords records, RedisAccountWriter writer, RedisCalls calls)
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
            await foreach (var batch in batches.Reader.ReadAllAsync(cancellationToken))
            {
                var results = await calls.RunAsync((database, token) => StoreAsync(database, batch, token), cancellationToken);
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
                current.Add(new PreparedAccount(account, AccountChangeRules.Check(account.Id, account)!));
            }

            await batches.WriteAsync(current, cancellationToken);
            batches.Complete();
        }
        catch (Exception exception)
        {
            batches.Complete(exception);
        }
    }

    /// <returns>One result for each account, in their order.</returns>
    private async Task<ApplyResult[]> StoreAsync(IDatabase database, IReadOnlyList<PreparedAccount> accounts, CancellationToken cancellationToken)
    {
        var results = new ApplyResult?[accounts.Count];
        var rest = Enumerable.Range(0, accounts.Count).ToList();
        for (var attempt = 0; rest.Count > 0; attempt++)
        {
            if (attempt == AccountChangeRules.Attempts)
            {
                throw AccountChangeRules.NeverDone(accounts[rest[0]].Account.Id);
            }

            cancellationToken.ThrowIfCancellationRequested();
            // What stood in an account's way may have been another one of the batch, which has given it up by now.
            var isConflictFinal = attempt > 0;
            await StoreOnceAsync(database, accounts, rest, (i, result) =>
                results[i] = result.Outcome != ApplyOutcome.Conflict || isConflictFinal ? result : null);
            rest.RemoveAll(i => results[i] is not null);
        }

        return Array.ConvertAll(results, static result => result!.Value);
    }

    private async Task StoreOnceAsync(
        IDatabase database, IReadOnlyList<PreparedAccount> accounts, List<int> which, Action<int, ApplyResult> tell)
    {
        var found = await Task.WhenAll(which.Select(i => records.ReadForChangeAsync(database, accounts[i].Account.Id)));
        var open = new List<int>(which.Count);
        var changes = new List<RedisChange>(which.Count);
        for (var i = 0; i < found.Length; i++)
        {
            var ((account, document), record) = (accounts[which[i]], found[i]);
            var same = record.Document.AsSpan().SequenceEqual(document);
            var before = same || record.Document is null ? null : records.Parse(account.Id, record.Document);
            if (same || (before is not null && AccountDocument.WriteOne(before).AsSpan().SequenceEqual(document)))
            {
                tell(which[i], new ApplyResult(account.Id, ApplyOutcome.Unchanged));
                continue;
            }

            open.Add(which[i]);
            changes.Add(new RedisChange(account.Id, record.Version, before, account, document));
        }

        var results = await writer.ReplaceAsync(database, changes);
        for (var i = 0; i < results.Length; i++)
        {
            if (results[i] is { } result)
            {
                tell(open[i], result.Conflict is { } conflict
                    ? new ApplyResult(changes[i].Id, ApplyOutcome.Conflict, conflict)
                    : new ApplyResult(changes[i].Id, changes[i].Before is null ? ApplyOutcome.Created : ApplyOutcome.Replaced));
            }
        }
    }

    /// <summary>An account that shall be stored as it is, checked, with the bytes that will be stored.</summary>
    private sealed record PreparedAccount(Account Account, byte[] Document);
}
