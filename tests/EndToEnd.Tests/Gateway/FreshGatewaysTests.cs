using Eventicat.TestSupport.Redis;

namespace Eventicat.EndToEnd.Tests.Gateway;

public sealed class FreshGatewaysOnRedisTests(RedisFixture redis) : FreshGatewaysContract(new Dictionary<string, string>
{
    ["Redis__Connection"] = redis.Connection,
    ["Redis__Prefix"] = RedisFixture.UniquePrefix(),
});

public sealed class FreshGatewaysOnFileTests(RedisFixture redis) : FreshGatewaysContract(new Dictionary<string, string>
{
    ["Accounts__File"] = "accounts.json",
    ["Redis__Connection"] = redis.Connection,
    ["Redis__Prefix"] = RedisFixture.UniquePrefix(),
});
