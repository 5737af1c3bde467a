using Eventicat.Gateway.Tests.Hosting;
using Eventicat.TestSupport;
using Eventicat.TestSupport.Http;
using Eventicat.TestSupport.Redis;

namespace Eventicat.Gateway.Tests.Usage.Answering;

public sealed class RedisUsageEndpointsTests(RedisFixture redis) : UsageEndpointsContract
{
    private readonly string _prefix = RedisFixture.UniquePrefix();

    protected override (string Key, string? Value)[] Settings =>
    [
        ("Accounts:File", ""), ("Redis:Connection", redis.Connection), ("Redis:Prefix", _prefix), ("RateLimit:Deadline", "00:00:05"),
    ];

    [Fact]
    public async Task Keys_AreNotListedHere()
    {
        using var response = await Gateway.Management.GetAsync(new Uri("/usage/keys", UriKind.Relative), Token);

        Assert.Equal(404, (int)response.StatusCode);
        Assert.Equal("""{"error":"Not found"}""", await response.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task Gateways_OfOneDeployment_CountTogetherAndLoseNothingWhenTheyStop()
    {
        await using var backend = new RawBackend();
        await using var other = await GatewayHost.StartAsync(backend.Url, Settings);
        var key = await Gateway.WithAccountAsync("acme", ["agg_1"]);
        for (var i = 0; i < 10; i++)
        {
            using var response = await other.GetAsync("/api/event?_id=agg_1", key);
            Assert.Equal(200, (int)response.StatusCode);
        }

        // Nobody waits for a flush: what the last second counted is stored by the stop.
        await other.StopAsync();
        var stopped = (await GetAsync("/usage/acme"))["minutes"]!.AsArray().Sum(minute => (int)minute!["outcomes"]!["forwarded"]!);
        await SendAsync("/api/event?_id=agg_1", key, 200);

        Assert.Equal(10, stopped);
        await UsageAsync("acme", total: 11);
    }

    [Fact]
    public async Task Redis_Away_AnswersUnavailableAndCountsLater()
    {
        await using var backend = new RawBackend();
        await using var server = await RedisServer.StartAsync(Token);
        await using var gateway = await GatewayHost.StartAsync(
            backend.Url, ("Redis:Connection", server.Connection), ("Redis:Prefix", "away"));
        var key = await gateway.WithAccountAsync("acme", ["agg_1"]);
        await server.StopAsync();
        await Eventually.TrueAsync(async () => await StatusAsync(gateway) == 503);
        using (var counted = await gateway.GetAsync("/api/event?_id=agg_1", key))
        {
            Assert.Equal(200, (int)counted.StatusCode);
        }

        using var refused = await gateway.Management.GetAsync(new Uri("/usage/acme", UriKind.Relative), Token);
        Assert.Equal("""{"error":"Usage unavailable"}""", await refused.Content.ReadAsStringAsync(Token));

        await server.StartAgainAsync();
        await Eventually.TrueAsync(async () =>
        {
            using var response = await gateway.Management.GetAsync(new Uri("/usage/acme", UriKind.Relative), Token);
            return (await response.Content.ReadAsStringAsync(Token)).Contains("\"forwarded\":1", StringComparison.Ordinal);
        });
    }

    private static async Task<int> StatusAsync(GatewayHost gateway)
    {
        using var response = await gateway.Management.GetAsync(new Uri("/usage/acme", UriKind.Relative), Token);
        return (int)response.StatusCode;
    }
}
