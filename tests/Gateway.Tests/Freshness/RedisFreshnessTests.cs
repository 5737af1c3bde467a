using Eventicat.TestSupport.Redis;

namespace Eventicat.Gateway.Tests.Freshness;

public sealed class RedisFreshnessTests(RedisFixture redis) : FreshnessContract
{
    protected override (string Key, string? Value)[] Settings =>
    [
        ("Accounts:File", ""), ("Redis:Connection", redis.Connection), ("Redis:Prefix", RedisFixture.UniquePrefix()),
        ("RateLimit:Deadline", "00:00:05"),
    ];
}
