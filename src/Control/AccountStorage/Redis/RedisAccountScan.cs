using System.Runtime.CompilerServices;
using Eventicat.Accounts;
using Eventicat.Accounts.Storage;
using Eventicat.Accounts.Storage.Redis;
using Eventicat.Redis;
using StackExchange.Redis;

namespace Eventicat.Control.AccountStorage.Redis;

/// <summary>The ids of all accounts by SCAN of every primary: slow, and sure to find what is stored all the while.</summary>
internal sealed class RedisAccountScan(RedisConnection connection, RedisNames names, RedisCalls calls)
{
    private const int PageSize = 1000;

    /// <returns>Ids in pages, in no order, each once; an account deleted lately may be among them.</returns>
    public async IAsyncEnumerable<IReadOnlyList<AccountId>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
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
                yield return page;
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
                    ? throw new AccountStoreUnavailableException(RedisCause.NoPrimary.Describe())
                    : primaries.Select(server => (server, database.Database)).ToArray();
            },
            cancellationToken);
}
