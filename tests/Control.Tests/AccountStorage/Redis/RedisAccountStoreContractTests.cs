using Eventicat.Control.AccountStorage;
using Eventicat.TestSupport.Redis;

namespace Eventicat.Control.Tests.AccountStorage.Redis;

public sealed class RedisAccountStoreContractTests(RedisFixture redis) : AccountStoreContract, IAsyncDisposable
{
    private readonly TestRedis _redis = new(redis);

    protected override IAccountStore Open() => _redis.Open();

    public ValueTask DisposeAsync() => _redis.DisposeAsync();
}
