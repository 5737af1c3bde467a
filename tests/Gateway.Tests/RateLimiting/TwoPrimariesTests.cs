using Eventicat.Accounts;
using Eventicat.TestSupport;

namespace Eventicat.Gateway.Tests.RateLimiting;

/// <summary>
/// Two servers that are named without Sentinel or cluster both say that they are the primary: nobody can say which of
/// them has the latest revocations, so the one in use is kept, and none is chosen.
/// </summary>
public sealed class TwoPrimariesTests : TwoServers
{
    [Fact]
    public async Task OldPrimary_WakesUpBesideThePromotedOne_IsNotTakenAgain()
    {
        await ReplicateAsync();
        await using var gateway = await StartAsync();
        var key = await CreateAsync(gateway, "acme");
        var other = await CreateAsync(gateway, "other");
        var before = await CountPermitsAsync(First, "other");

        await First.PauseAsync();
        await Second.ExecuteAsync("REPLICAOF NO ONE");
        await DisableAsync(Second, "acme");
        await Eventually.TrueAsync(async () => await StatusAsync(gateway, key, "acme") == 401);
        await First.ResumeAsync();

        await Eventually.TrueAsync(async () =>
        {
            Assert.Equal(401, await StatusAsync(gateway, key, "acme"));
            return Count(gateway, Two) == 1;
        });
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(401, await StatusAsync(gateway, key, "acme"));
            Assert.Equal(200, await StatusAsync(gateway, other, "other"));
        }

        Assert.Equal(("degraded", "two primaries"), await ReadinessAsync(gateway));
        var line = gateway.Log.ToString().Split('\n').Single(text => text.Contains(Two, StringComparison.Ordinal));
        Assert.Contains("\"@l\":\"Error\"", line, StringComparison.Ordinal);
        Assert.Contains(First.Connection, line, StringComparison.Ordinal);
        Assert.Contains(Second.Connection, line, StringComparison.Ordinal);
        Assert.Equal(before, await CountPermitsAsync(First, "other"));
        Assert.True(await CountPermitsAsync(Second, "other") >= before + 20);

        await First.ExecuteAsync($"REPLICAOF 127.0.0.1 {Second.Port}");

        await Eventually.TrueAsync(async () => await ReadinessAsync(gateway) is ("ready", "shared"));
        Assert.Equal(401, await StatusAsync(gateway, key, "acme"));
        await gateway.StopAsync();
        Assert.Equal((1, 1), (Count(gateway, Two), Count(gateway, One)));
    }

    [Fact]
    public async Task ServerInUse_DiesBesideTheOldPrimary_IsWaitedFor()
    {
        await ReplicateAsync();
        await using var gateway = await StartAsync(("Accounts:MaxStaleness", "00:00:05"));
        var key = await CreateAsync(gateway, "acme");
        await First.PauseAsync();
        await Second.ExecuteAsync("REPLICAOF NO ONE");
        await DisableAsync(Second, "acme");
        await Eventually.TrueAsync(async () => await StatusAsync(gateway, key, "acme") == 401);

        // Both within an instant: that there were two is never seen.
        await Second.PauseAsync();
        await First.ResumeAsync();

        await Eventually.TrueAsync(async () =>
        {
            var status = await StatusAsync(gateway, key, "acme");
            Assert.True(status is 401 or 503, $"{status}");
            return Count(gateway, Two) == 1;
        });
        Assert.Equal("local", (await ReadinessAsync(gateway)).RateLimit);
        await Second.ResumeAsync();
        await Eventually.TrueAsync(async () => await StatusAsync(gateway, key, "acme") == 401);
    }
}

/// <summary>The same, where somebody wants it so or nothing is in use.</summary>
public sealed class ChoiceOfPrimaryTests : TwoServers
{
    private const string Imported = "imported-key-of-acme-0123456789";

    [Fact]
    public async Task Replica_PromotedBeforeItsPrimaryIsStopped_TakesOver()
    {
        await ReplicateAsync();
        await using var gateway = await StartAsync();
        var key = await CreateAsync(gateway, "acme");
        var before = await CountPermitsAsync(Second, "acme");

        await Second.ExecuteAsync("REPLICAOF NO ONE");
        await Eventually.TrueAsync(() => Count(gateway, Two) == 1);
        Assert.Equal(200, await StatusAsync(gateway, key, "acme"));
        Assert.Equal(before, await CountPermitsAsync(Second, "acme"));
        await First.StopAsync();

        await Eventually.TrueAsync(async () =>
        {
            Assert.Equal(200, await StatusAsync(gateway, key, "acme"));
            return await CountPermitsAsync(Second, "acme") > before;
        });
        await Eventually.TrueAsync(async () => await ReadinessAsync(gateway) is ("ready", "shared"));
    }

    [Fact]
    public async Task Start_WithTwoPrimaries_TakesNoneUntilOneIsLeft()
    {
        await using (var administrator = await StartAtAsync(Second.Connection))
        {
            await administrator.WithAccountAsync("acme", ["acme"], Limit, importedKey: Imported);
        }

        Assert.True(ApiKey.TryParse(Imported, out var key));
        await using var gateway = await StartAsync();

        Assert.Equal("unavailable", (await ReadinessAsync(gateway)).Status);
        Assert.Equal(503, await StatusAsync(gateway, key, "acme"));
        await First.ExecuteAsync($"REPLICAOF 127.0.0.1 {Second.Port}");
        await Eventually.TrueAsync(async () => await StatusAsync(gateway, key, "acme") == 200);

        await Eventually.TrueAsync(async () => await ReadinessAsync(gateway) is ("ready", "shared"));
        await gateway.StopAsync();
        Assert.Equal((1, 1), (Count(gateway, Two), Count(gateway, One)));
        Assert.Equal(0, Count(gateway, "\"@mt\":\"Redis is of no use"));
        Assert.Equal(0, Count(gateway, "\"@mt\":\"Redis cannot decide on the limit of account"));
    }

    [Fact]
    public async Task Server_NamedTwice_IsOne()
    {
        await using var gateway = await StartAtAsync($"127.0.0.1:{First.Port},localhost:{First.Port}");
        var key = await gateway.WithAccountAsync("acme", ["acme"], Limit);

        Assert.Equal(200, await StatusAsync(gateway, key, "acme"));
        Assert.Equal(("ready", "shared"), await ReadinessAsync(gateway));
    }
}
