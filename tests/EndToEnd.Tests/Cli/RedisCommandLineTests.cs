using Eventicat.TestSupport.Redis;

namespace Eventicat.EndToEnd.Tests.Cli;

public sealed class RedisCommandLineTests(RedisFixture redis)
    : CommandLineContract(new Dictionary<string, string>
    {
        ["Redis__Connection"] = redis.Connection,
        ["Redis__Prefix"] = RedisFixture.UniquePrefix(),
    });
