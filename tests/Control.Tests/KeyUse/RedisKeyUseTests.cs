using Eventicat.Accounts;
using Eventicat.Accounts.Storage.Redis;
using Eventicat.Control.Tests.TestSupport;
using Eventicat.TestSupport.Redis;

namespace Eventicat.Control.Tests.KeyUse;

public sealed class RedisKeyUseTests(RedisFixture redis) : ControlContract(ControlPlace.OfRedis(redis))
{
    [Fact]
    public async Task Read_WhatGatewaysWrote_SkipsWhatIsNoKeyUse()
    {
        var acme = AccountId.Parse("acme");
        var noon = new DateTimeOffset(2030, 1, 31, 12, 0, 0, TimeSpan.Zero);
        await redis.Database.HashSetAsync(
            new RedisNames(Place.Prefix).KeyUse(acme),
            [new("k1", noon.ToUnixTimeSeconds()), new("not an id", 1), new("k2", "never")]);

        var used = await Place.Open().KeyUse.ReadAsync(acme, Token);

        Assert.Equal([new(KeyId.Parse("k1"), noon)], used);
        Assert.Empty(await Place.Open().KeyUse.ReadAsync(AccountId.Parse("nobody"), Token));
    }
}
