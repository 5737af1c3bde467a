using System.Globalization;
using System.Text.Json;
using Eventicat.Accounts;
using Eventicat.Gateway.Tests.Hosting;
using Eventicat.TestSupport;
using Eventicat.TestSupport.Http;
using Eventicat.TestSupport.Redis;

namespace Eventicat.Gateway.Tests.RateLimiting;

/// <summary>What clients see while Redis is away, and after.</summary>
public sealed class RedisFailureTests : IAsyncLifetime
{
    private static readonly TimeSpan TenSeconds = TimeSpan.FromSeconds(10);

    private readonly RawBackend _backend = new();
    private RedisServer _redis = null!;

    public async ValueTask InitializeAsync() => _redis = await RedisServer.StartAsync(Token);

    public async ValueTask DisposeAsync()
    {
        await _redis.DisposeAsync();
        await _backend.DisposeAsync();
    }

    [Fact]
    public async Task Redis_StoppedAndBack_ServesKnownKeysLocallyThenSharesAgain()
    {
        await using var gateway = await StartAsync();
        await using var second = await StartAsync();
        var limit = new AccountLimit(10, TimeSpan.FromMinutes(5));
        var key = await gateway.WithAccountAsync("acme", ["agg_1"], limit);
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(200, await StatusAsync(gateway, key));
        }

        await _redis.StopAsync();

        // Four were admitted before: the local share starts from there.
        for (var i = 0; i < 6; i++)
        {
            Assert.Equal(200, await StatusAsync(gateway, key));
        }

        Assert.Equal(429, await StatusAsync(gateway, key));
        Assert.Equal(503, await StatusAsync(gateway, ApiKey.Generate(out _)));
        Assert.Equal("degraded", await ReadinessAsync(gateway));

        await _redis.StartAgainAsync();
        await Eventually.HoldsAsync(async () => await ReadinessAsync(gateway) == "ready" && await ReadinessAsync(second) == "ready", TenSeconds, Token);

        // The server came back empty: the account is created anew. Both gateways draw from one limit, of which the six
        // that were granted meanwhile are spent.
        key = await gateway.WithAccountAsync("acme", ["agg_1"], limit);
        await Eventually.HoldsAsync(async () => await StatusAsync(gateway, key) == 200, TenSeconds, Token);
        var admitted = 1;
        for (var i = 0; i < 20; i++)
        {
            admitted += await StatusAsync(i % 2 == 0 ? gateway : second, key) == 200 ? 1 : 0;
        }

        Assert.Equal(4, admitted);
        await gateway.StopAsync();
        Assert.Equal(1, Occurrences(gateway.Log.ToString(), "\"@mt\":\"Redis does not decide on rate limits"));
        Assert.Equal(1, Occurrences(gateway.Log.ToString(), "\"@mt\":\"Rate limits are shared through Redis again"));
    }

    [Fact]
    public async Task Redis_Frozen_HoldsNoRequestLongerThanItsDeadlines()
    {
        await using var gateway = await StartAsync();
        var key = await gateway.WithAccountAsync("acme", ["agg_1"]);
        Assert.Equal(200, await StatusAsync(gateway, key));

        await _redis.PauseAsync();
        var slowest = TimeSpan.Zero;
        for (var i = 0; i < 30; i++)
        {
            var startedAt = TimeProvider.System.GetTimestamp();
            Assert.Equal(200, await StatusAsync(gateway, key));
            var elapsed = TimeProvider.System.GetElapsedTime(startedAt);
            slowest = elapsed > slowest ? elapsed : slowest;
        }

        await _redis.ResumeAsync();

        // The limiter's deadline, and at most every half second one question for the epoch.
        Assert.InRange(slowest, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(3));
        await Eventually.HoldsAsync(async () => await ReadinessAsync(gateway) == "ready", TenSeconds, Token);
    }

    [Theory]
    [InlineData("Allow", 200)]
    [InlineData("Deny", 503)]
    public async Task Redis_StoppedUnderAnotherPolicy_AnswersAsItSaysWithWhatRedisLeft(string policy, int status)
    {
        await using var gateway = await StartAsync(("RateLimit:OnRedisFailure", policy));
        var key = await gateway.WithAccountAsync("acme", ["agg_1"], new AccountLimit(2, TimeSpan.FromMinutes(5)));
        Assert.Equal(200, await StatusAsync(gateway, key));

        await _redis.StopAsync();

        for (var i = 0; i < 3; i++)
        {
            using var response = await gateway.GetAsync("/api/event?_id=agg_1", key);
            Assert.Equal(status, (int)response.StatusCode);
            Assert.Equal("2", response.Headers.GetValues("X-RateLimit-Limit").Single());
            Assert.Equal("1", response.Headers.GetValues("X-RateLimit-Remaining").Single());
            var reset = DateTimeOffset.FromUnixTimeSeconds(long.Parse(response.Headers.GetValues("X-RateLimit-Reset").Single(), CultureInfo.InvariantCulture));
            Assert.InRange(reset - TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5.1));
            Assert.Equal("\"account\";q=2;w=300", response.Headers.GetValues("RateLimit-Policy").Single());
            Assert.StartsWith("\"account\";r=1;t=", response.Headers.GetValues("RateLimit").Single(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Redis_Stopped_DividesTheLimitByTheReplicas()
    {
        await using var gateway = await StartAsync(("RateLimit:Replicas", "4"));
        var key = await gateway.WithAccountAsync("acme", ["agg_1"], new AccountLimit(10, TimeSpan.FromMinutes(5)));
        Assert.Equal(200, await StatusAsync(gateway, key));

        await _redis.StopAsync();

        var admitted = 0;
        for (var i = 0; i < 10; i++)
        {
            admitted += await StatusAsync(gateway, key) == 200 ? 1 : 0;
        }

        // A quarter of ten, rounded up, of which one was used.
        Assert.Equal(2, admitted);
    }

    [Fact]
    public async Task Redis_NeverReached_LeavesTheGatewayUnready()
    {
        await _redis.StopAsync();
        await using var gateway = await StartAsync();

        Assert.Equal(503, await StatusAsync(gateway, ApiKey.Generate(out _)));
        Assert.Equal("unavailable", await ReadinessAsync(gateway));
    }

    [Fact]
    public async Task Key_StaleForLongerThanAllowed_IsNoLongerServed()
    {
        await using var gateway = await StartAsync(("Accounts:MaxStaleness", "00:00:03"));
        var key = await gateway.WithAccountAsync("acme", ["agg_1"]);
        Assert.Equal(200, await StatusAsync(gateway, key));

        await _redis.StopAsync();

        Assert.Equal(200, await StatusAsync(gateway, key));
        await Eventually.HoldsAsync(async () => await StatusAsync(gateway, key) == 503, TenSeconds, Token);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Task<GatewayHost> StartAsync(params (string Key, string? Value)[] settings) => GatewayHost.StartAsync(
        _backend.Url, [("Accounts:File", ""), ("Redis:Connection", _redis.Connection), .. settings]);

    private static async Task<int> StatusAsync(GatewayHost gateway, ApiKey key)
    {
        using var response = await gateway.GetAsync("/api/event?_id=agg_1", key);
        return (int)response.StatusCode;
    }

    private static async Task<string?> ReadinessAsync(GatewayHost gateway)
    {
        using var response = await gateway.Management.GetAsync("/health/ready", Token);
        using var body = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(Token), cancellationToken: Token);
        var status = body.RootElement.GetProperty("status").GetString();
        Assert.Equal(status == "unavailable" ? 503 : 200, (int)response.StatusCode);
        return status;
    }

    private static int Occurrences(string text, string part) => text.Split(part).Length - 1;
}
