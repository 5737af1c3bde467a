using Eventicat.Accounts;
using Eventicat.Accounts.Storage.Redis;
using Eventicat.Redis;
using StackExchange.Redis;

namespace Eventicat.Control.KeyUse;

/// <summary>Gateways write the last uses into Redis themselves.</summary>
internal sealed class RedisKeyUse(RedisNames names, RedisCalls calls) : IKeyUse
{
    public Task<IReadOnlyDictionary<KeyId, DateTimeOffset>> ReadAsync(AccountId account, CancellationToken cancellationToken) =>
        calls.RunAsync<IReadOnlyDictionary<KeyId, DateTimeOffset>>(
            async (database, _) =>
            {
                var used = new Dictionary<KeyId, DateTimeOffset>();
                foreach (var entry in await database.HashGetAllAsync(names.KeyUse(account), CommandFlags.DemandMaster))
                {
                    if (KeyId.TryParse(entry.Name, out var key) && entry.Value.TryParse(out long seconds))
                    {
                        used[key] = DateTimeOffset.FromUnixTimeSeconds(seconds);
                    }
                }

                return used;
            },
            cancellationToken);
}
