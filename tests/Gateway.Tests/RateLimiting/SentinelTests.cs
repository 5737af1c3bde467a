using System.Globalization;
using Eventicat.TestSupport;
using Eventicat.TestSupport.Redis;

namespace Eventicat.Gateway.Tests.RateLimiting;

/// <summary>Sentinel says who the primary is, and nobody else.</summary>
public sealed class SentinelTests : TwoServers
{
    [Fact]
    public async Task OldPrimary_WakesUpBeforeItIsDemoted_IsNotTakenAgain()
    {
        await ReplicateAsync();
        await using var sentinel = await RedisSentinel.StartAsync(First, Token);
        await using var gateway = await StartAtAsync(sentinel.Connection);
        var key = await CreateAsync(gateway, "acme");
        var other = await CreateAsync(gateway, "other");
        var before = await CountPermitsAsync(First, "other");

        await First.PauseAsync();
        await Eventually.TrueAsync(async () => await HasAsync(Second, "role:master"));
        await DisableAsync(Second, "acme");
        await Eventually.TrueAsync(async () => await StatusAsync(gateway, key, "acme") == 401);
        await sentinel.PauseAsync();
        await First.ResumeAsync();

        // As many tries as the gateway makes in some seconds.
        var tried = await CountScriptsAsync(Second);
        await Eventually.TrueAsync(async () =>
        {
            Assert.Equal(401, await StatusAsync(gateway, key, "acme"));
            return await CountScriptsAsync(Second) >= tried + 12;
        });
        Assert.True(await HasAsync(First, "role:master"));
        Assert.Equal(200, await StatusAsync(gateway, other, "other"));
        Assert.Equal(before, await CountPermitsAsync(First, "other"));
        Assert.Equal(("ready", "shared"), await ReadinessAsync(gateway));
        Assert.Equal(0, Count(gateway, Two));
    }

    [Fact]
    public async Task Sentinel_NamesAnotherPrimaryWhileTheOldOneStaysOne_IsFollowed()
    {
        await ReplicateAsync();
        await using var sentinel = await RedisSentinel.StartAsync(First, Token);
        await using var gateway = await StartAtAsync(sentinel.Connection);
        var key = await CreateAsync(gateway, "acme");
        await Second.ExecuteAsync("REPLICAOF NO ONE");
        await DisableAsync(Second, "acme");

        await sentinel.MonitorAsync(Second);

        await Eventually.TrueAsync(async () => await StatusAsync(gateway, key, "acme") == 401);
        Assert.True(await HasAsync(First, "role:master"));
    }

    private static async Task<int> CountScriptsAsync(RedisServer server) => ((string)(await server.ExecuteAsync("INFO commandstats"))!).Split("\r\n")
        .Where(static line => line.StartsWith("cmdstat_eval", StringComparison.Ordinal))
        .Sum(static line => int.Parse(line.Split('=', ',')[1], CultureInfo.InvariantCulture));
}
