using Eventicat.Accounts.Storage;
using Eventicat.TestSupport.Redis;

namespace Eventicat.Accounts.Tests.Storage.Redis;

public sealed class RedisAccountStoreContractTests(RedisFixture redis) : AccountStoreContract, IAsyncDisposable
{
    private readonly TestRedis _redis = new(redis);

    protected override IAccountStore Open() => _redis.Open();

    public ValueTask DisposeAsync() => _redis.DisposeAsync();
}
