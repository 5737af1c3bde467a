using Eventicat.Accounts;
using Eventicat.Gateway.Tests.Hosting;
using Eventicat.TestSupport;
using Eventicat.TestSupport.Http;
using Eventicat.TestSupport.Redis;

namespace Eventicat.Gateway.Tests.Freshness;

/// <summary>What Redis holds of one account cannot be read: the log names the account, and nobody else notices.</summary>
public sealed class BrokenAccountTests : IAsyncLifetime
{
    private const string Record = "eventicat:account:{acme}";
    private const string Broken = "\"@mt\":\"What Redis holds of account {Account} cannot be read";
    private const string Mended = "\"@mt\":\"What Redis holds of account {Account} can be read again";

    private readonly RawBackend _backend = new();
    private RedisServer _redis = null!;

    public async ValueTask InitializeAsync() => _redis = await RedisServer.StartProcessAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _redis.DisposeAsync();
        await _backend.DisposeAsync();
    }

    [Theory]
    [InlineData(false, $"HSET {Record} doc nonsense")]
    [InlineData(false, $"HSET {Record} epoch nonsense")]
    [InlineData(false, $"HDEL {Record} epoch")]
    [InlineData(false, $"SET {Record} nonsense")]
    [InlineData(true, $"HSET {Record} doc nonsense epoch 9999999999999999")]
    [InlineData(true, $"HSET {Record} epoch nonsense")]
    [InlineData(true, $"SET {Record} nonsense")]
    public async Task Record_Broken_IsNamedOnceUntilItIsMended(bool isCached, string spoil)
    {
        await using var gateway = await GatewayHost.StartAsync(
            _backend.Url, ("Accounts:File", ""), ("Redis:Connection", _redis.Connection), ("Accounts:MaxStaleness", "00:00:01"));
        var key = await gateway.WithAccountAsync("acme", ["agg_1"]);
        var other = await gateway.WithAccountAsync("other", ["agg_2"]);
        if (isCached)
        {
            Assert.Equal(200, await StatusAsync(gateway, "agg_1", key));
        }

        await _redis.ExecuteAsync($"COPY {Record} backup");
        await _redis.ExecuteAsync(spoil);
        await Eventually.TrueAsync(async () => await StatusAsync(gateway, "agg_1", key) == 503 && Count(gateway, Broken) == 1);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(503, await StatusAsync(gateway, "agg_1", key));
            Assert.Equal(200, await StatusAsync(gateway, "agg_2", other));
            Assert.Contains("\"accounts\":\"ok\"", await ReadinessAsync(gateway), StringComparison.Ordinal);
        }

        await _redis.ExecuteAsync($"COPY backup {Record} REPLACE");
        // Otherwise what is cached may be confirmed, and nobody reads the record.
        await gateway.ChangeAsync("acme", account => account! with { Name = "Acme" });
        await Eventually.TrueAsync(async () => await StatusAsync(gateway, "agg_1", key) == 200);
        await gateway.StopAsync();
        var log = gateway.Log.ToString();
        Assert.Equal((1, 1), (Count(gateway, Broken), Count(gateway, Mended)));
        Assert.Contains("\"Account\":\"acme\"", log.Split('\n').Single(line => line.Contains(Broken, StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.DoesNotContain(key.Reveal(), log, StringComparison.Ordinal);
        Assert.DoesNotContain(key.Digest.ToString(), log, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<int> StatusAsync(GatewayHost gateway, string aggregator, ApiKey key)
    {
        using var response = await gateway.GetAsync($"/api/event?_id={aggregator}", key);
        return (int)response.StatusCode;
    }

    private static Task<string> ReadinessAsync(GatewayHost gateway) =>
        gateway.Management.GetStringAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);

    private static int Count(GatewayHost gateway, string part) => gateway.Log.ToString().Split(part).Length - 1;
}
