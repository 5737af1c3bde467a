using Eventicat.Accounts;
using Eventicat.Accounts.Storage;
using Eventicat.Redis;
using StackExchange.Redis;

namespace Eventicat.Control.AccountStorage.Redis;

/// <summary>Pages of accounts: ids from the index, records in one batch.</summary>
internal sealed class RedisAccountPages(RedisAccountScan scan, RedisAccountRecords records, RedisAccountIndex index, RedisCalls calls)
{
    public async Task<AccountPage> ReadAsync(AccountPageRequest request, CancellationToken cancellationToken)
    {
        // One more than asked for: only a record, not an entry, says that there is a next page.
        var wanted = request.Limit + 1;
        var found = new List<AccountSnapshot>(wanted);
        var after = request.After?.ToString();
        while (true)
        {
            var part = await ReadPartAsync(request.IdPrefix, after, wanted, cancellationToken);
            found.AddRange(part.Accounts);
            if (found.Count >= wanted)
            {
                return new AccountPage(found[..request.Limit], found[request.Limit - 1].Account.Id);
            }

            if (part.Entries.Length < wanted)
            {
                return new AccountPage(found, null);
            }

            // Some entries had no record.
            after = part.Entries[^1];
        }
    }

    private async Task<Part> ReadPartAsync(string prefix, string? after, int count, CancellationToken cancellationToken)
    {
        if (await calls.RunAsync((database, _) => TryReadPartAsync(database, prefix, after, count), cancellationToken) is { } part)
        {
            return part;
        }

        await CompleteAsync(cancellationToken);
        return await calls.RunAsync((database, _) => TryReadPartAsync(database, prefix, after, count), cancellationToken)
            ?? throw new AccountStoreUnavailableException("The index of accounts in Redis does not stay complete");
    }

    private async Task<Part?> TryReadPartAsync(IDatabase database, string prefix, string? after, int count)
    {
        if (await index.ReadAsync(database, prefix, after, count) is not { } entries)
        {
            return null;
        }

        var snapshots = await Task.WhenAll(entries.Select(entry => ReadAsync(database, entry)));
        return new Part(Array.ConvertAll(entries, entry => (string)entry!), snapshots.OfType<AccountSnapshot>());
    }

    private Task<AccountSnapshot?> ReadAsync(IDatabase database, RedisValue entry) =>
        AccountId.TryParse(entry, out var id) ? records.ReadAsync(database, id) : Task.FromResult<AccountSnapshot?>(null);

    /// <summary>
    /// Adds the accounts that were stored before there was an index. Any number may do so at once, while others write:
    /// nothing is removed, whoever writes meanwhile enters by itself, and the index is complete when one has seen all.
    /// </summary>
    private async Task CompleteAsync(CancellationToken cancellationToken)
    {
        await foreach (var page in scan.ReadAsync(cancellationToken))
        {
            await calls.RunAsync((database, _) => DoneAsync(index.AddAsync(database, page)), cancellationToken);
        }

        await calls.RunAsync((database, _) => DoneAsync(index.CompleteAsync(database)), cancellationToken);
    }

    private static async Task<bool> DoneAsync(Task task)
    {
        await task;
        return true;
    }

    private sealed record Part(string[] Entries, IEnumerable<AccountSnapshot> Accounts);
}
