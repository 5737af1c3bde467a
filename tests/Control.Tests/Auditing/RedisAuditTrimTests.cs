using Eventicat.Control.Auditing;
using Eventicat.TestSupport.Redis;
using StackExchange.Redis;

namespace Eventicat.Control.Tests.Auditing;

public sealed class RedisAuditTrimTests(RedisFixture redis)
{
    [Fact]
    public async Task Append_MoreThanAreKept_DropsTheOldestOfEachLog()
    {
        var prefix = RedisFixture.UniquePrefix();
        RedisKey[] keys = [$"{prefix}:{{t}}:n", $"{prefix}:{{t}}:all", $"{prefix}:{{t}}:one"];

        for (var i = 0; i < 5; i++)
        {
            await redis.Database.ScriptEvaluateAsync(RedisAuditLog.Append, keys, [3, 2, "same"]);
        }

        Assert.Equal(["3:same", "4:same", "5:same"], (await redis.Database.SortedSetRangeByRankAsync(keys[1])).Select(value => (string)value!));
        Assert.Equal(["4:same", "5:same"], (await redis.Database.SortedSetRangeByRankAsync(keys[2])).Select(value => (string)value!));
    }
}
