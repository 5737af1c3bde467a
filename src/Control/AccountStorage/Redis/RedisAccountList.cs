using System.Runtime.CompilerServices;
using Eventicat.Accounts;
using Eventicat.Redis;

namespace Eventicat.Control.AccountStorage.Redis;

/// <summary>All accounts: names by SCAN, records in pages.</summary>
internal sealed class RedisAccountList(RedisAccountScan scan, RedisAccountRecords records, RedisCalls calls)
{
    public async IAsyncEnumerable<AccountSnapshot> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in scan.ReadAsync(cancellationToken))
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
