using Eventicat.Accounts;
using Eventicat.Gateway.Tests.Hosting;
using Eventicat.TestSupport;
using Eventicat.TestSupport.Http;

namespace Eventicat.Gateway.Tests.Freshness;

/// <summary>Every change of an account is in force on a running gateway within a second, whatever the store.</summary>
public abstract class FreshnessContract : IAsyncLifetime
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly AccountLimit Two = new(2, TimeSpan.FromMinutes(5));

    private readonly RawBackend _backend = new();
    private GatewayHost _gateway = null!;

    protected abstract (string Key, string? Value)[] Settings { get; }

    public async ValueTask InitializeAsync() => _gateway = await GatewayHost.StartAsync(_backend.Url, Settings);

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _backend.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Key_Revoked_IsRefusedWithoutCostingQuota()
    {
        var revoked = await _gateway.WithAccountAsync("acme", ["agg_1"]);
        var other = await _gateway.WithAccountAsync("acme", []);
        await StatusAsync(revoked, "agg_1");

        await _gateway.ChangeAsync("acme", account => account! with { Keys = [account.Keys[0] with { Revoked = DateTimeOffset.UnixEpoch }, account.Keys[1]] });

        var admitted = 1;
        await Eventually.HoldsAsync(
            async () =>
            {
                var status = await StatusAsync(revoked, "agg_1");
                admitted += status == 200 ? 1 : 0;
                return status == 401;
            },
            Second, Token);
        Assert.Equal(401, await StatusAsync(revoked, "agg_1"));
        using var response = await _gateway.GetAsync("/api/event?_id=agg_1", other);
        Assert.Equal($"{1000 - admitted - 1}", response.Headers.GetValues("X-RateLimit-Remaining").Single());
    }

    [Fact]
    public async Task Account_DisabledAndEnabledAgain_FollowsWithinASecond()
    {
        var key = await _gateway.WithAccountAsync("acme", ["agg_1"]);
        Assert.Equal(200, await StatusAsync(key, "agg_1"));

        await _gateway.ChangeAsync("acme", account => account! with { Disabled = true });
        await BecomesAsync(401, key, "agg_1");
        await _gateway.ChangeAsync("acme", account => account! with { Disabled = false });
        await BecomesAsync(200, key, "agg_1");
    }

    [Fact]
    public async Task Account_DeletedAndCreatedAgain_FollowsWithinASecond()
    {
        var key = await _gateway.WithAccountAsync("acme", ["agg_1"]);
        Assert.Equal(200, await StatusAsync(key, "agg_1"));
        Account? deleted = null;

        await _gateway.ChangeAsync("acme", account =>
        {
            deleted = account;
            return null;
        });
        await BecomesAsync(401, key, "agg_1");
        await _gateway.ChangeAsync("acme", _ => deleted);
        await BecomesAsync(200, key, "agg_1");
    }

    [Fact]
    public async Task Key_AskedForBeforeItExisted_WorksWithinASecond()
    {
        Assert.True(ApiKey.TryParse("imported-later", out var key));
        Assert.Equal(401, await StatusAsync(key, "agg_1"));

        await _gateway.WithAccountAsync("acme", ["agg_1"], importedKey: "imported-later");

        await BecomesAsync(200, key, "agg_1");
    }

    [Fact]
    public async Task Aggregator_AddedAndRemoved_FollowsWithinASecond()
    {
        var key = await _gateway.WithAccountAsync("acme", ["agg_1"]);
        Assert.Equal(404, await StatusAsync(key, "agg_2"));

        await _gateway.ChangeAsync("acme", account => account! with { Aggregators = [new Aggregator(AggregatorId.Parse("agg_2"))] });

        await BecomesAsync(200, key, "agg_2");
        Assert.Equal(404, await StatusAsync(key, "agg_1"));
    }

    [Fact]
    public async Task Limit_RaisedWhileRefused_AdmitsWithinASecond()
    {
        var key = await _gateway.WithAccountAsync("acme", ["agg_1"], Two);
        await StatusAsync(key, "agg_1");
        await StatusAsync(key, "agg_1");
        Assert.Equal(429, await StatusAsync(key, "agg_1"));

        await _gateway.ChangeAsync("acme", account => account! with { Limit = Two with { Permits = 4 } });

        await BecomesAsync(200, key, "agg_1");
        Assert.Equal(200, await StatusAsync(key, "agg_1"));
        Assert.Equal(429, await StatusAsync(key, "agg_1"));
    }

    [Fact]
    public async Task Key_RevokedWhileItsAccountIsRefused_GetsItsUnauthorized()
    {
        var key = await _gateway.WithAccountAsync("acme", ["agg_1"], Two with { Permits = 1 });
        await StatusAsync(key, "agg_1");
        Assert.Equal(429, await StatusAsync(key, "agg_1"));

        await _gateway.ChangeAsync("acme", account => account! with { Keys = [account.Keys[0] with { Revoked = DateTimeOffset.UnixEpoch }] });

        await BecomesAsync(401, key, "agg_1");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Task BecomesAsync(int status, ApiKey key, string aggregator) =>
        Eventually.HoldsAsync(async () => await StatusAsync(key, aggregator) == status, Second, Token);

    private async Task<int> StatusAsync(ApiKey key, string aggregator)
    {
        using var response = await _gateway.GetAsync($"/api/event?_id={aggregator}", key);
        return (int)response.StatusCode;
    }
}
