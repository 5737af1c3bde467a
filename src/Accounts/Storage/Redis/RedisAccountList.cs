using System.Runtime.CompilerServices;
using StackExchange.Redis;

namespace Eventicat.Accounts.Storage.Redis;

/// <summary>All accounts: names by SCAN of every primary, records in pages.</summary>
internal sealed class RedisAccountList(RedisConnection connection, RedisNames names, RedisRecords records, RedisCalls calls)
{
    private const int PageSize = 250;

    public async IAsyncEnumerable<AccountSnapshot> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // SCAN may name a key twice.
        var seen = new HashSet<AccountId>();
        foreach (var primary in await PrimariesAsync(cancellationToken))
        {
            await using var keys = primary.Server
                .KeysAsync(primary.Database, names.AccountPattern, PageSize)
                .GetAsyncEnumerator(cancellationToken);
            while (await calls.RunAsync((_, _) => NextPageAsync(keys, seen), cancellationToken) is { Count: > 0 } page)
            {
                var snapshots = await calls.RunAsync(
                    (database, _) => Task.WhenAll(page.Select(id => records.ReadAsync(database, id))), cancellationToken);
                foreach (var snapshot in snapshots)
                {
                    if (snapshot is not null)
                    {
                        yield return snapshot;
                    }
                }
            }
        }
    }

    private async Task<List<AccountId>> NextPageAsync(IAsyncEnumerator<RedisKey> keys, HashSet<AccountId> seen)
    {
        var page = new List<AccountId>(PageSize);
        while (page.Count < PageSize && await keys.MoveNextAsync())
        {
            if (names.TryParseAccount(keys.Current, out var id) && seen.Add(id))
            {
                page.Add(id);
            }
        }

        return page;
    }

    private Task<(IServer Server, int Database)[]> PrimariesAsync(CancellationToken cancellationToken) =>
        calls.RunAsync(
            async (database, token) =>
            {
                var primaries = await connection.GetPrimariesAsync(token);
                return primaries.Count == 0
                    ? throw new AccountStoreUnavailableException("Redis does not answer")
                    : primaries.Select(server => (server, database.Database)).ToArray();
            },
            cancellationToken);
}
