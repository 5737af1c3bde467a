using Eventicat.TestSupport.Redis;

namespace Eventicat.EndToEnd.Tests.Gateway;

public sealed class RedisCommandLineEffectTests(RedisFixture redis) : CommandLineEffectContract(new Dictionary<string, string>
{
    ["Redis__Connection"] = redis.Connection,
    ["Redis__Prefix"] = RedisFixture.UniquePrefix(),
});
