using System.Globalization;
using System.Text.Json;
using Eventicat.Accounts;
using Eventicat.Gateway.Tests.Hosting;
using Eventicat.TestSupport;
using Eventicat.TestSupport.Http;
using Eventicat.TestSupport.Redis;
using StackExchange.Redis;

namespace Eventicat.Gateway.Tests.RateLimiting;

/// <summary>What holds for Redis at a plain port holds over TLS and at a Unix socket.</summary>
public sealed class RedisTransportTests : IAsyncLifetime
{
    /// <summary>The client itself waits ten seconds for an answer.</summary>
    private static readonly TimeSpan WellBeforeTheClient = TimeSpan.FromSeconds(5);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("redis-transport-");
    private readonly RawBackend _backend = new();
    private RedisServer _redis = null!;

    private string Socket => Path.Combine(_folder.FullName, "redis.sock");

    public async ValueTask InitializeAsync() => _redis = await RedisServer.StartProcessAsync(Token, "--unixsocket", Socket);

    public async ValueTask DisposeAsync()
    {
        await _redis.DisposeAsync();
        await _backend.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("tls")]
    [InlineData("socket")]
    public async Task Redis_HangsAfterItWasLookedWhereTheAddressLeads_HoldsNoRequest(string transport)
    {
        var connection = transport switch
        {
            "tls" => await OpenTlsAsync(),
            "socket" => $"!{Socket}",
            _ => _redis.Connection,
        };
        await using var gateway = await StartAsync(connection);
        var key = await gateway.WithAccountAsync("acme", ["agg_1"]);
        await using (var admin = await ConnectionMultiplexer.ConnectAsync($"{_redis.Connection},allowAdmin=true"))
        {
            var before = await CountConnectionsAsync(admin);
            await Eventually.TrueAsync(async () => await CountConnectionsAsync(admin) is var now && now.Made > before.Made && now.Open <= before.Open);
        }

        Assert.Equal((200, "ready"), (await StatusAsync(gateway, key), await ReadinessAsync(gateway)));
        await _redis.PauseAsync();

        var startedAt = TimeProvider.System.GetTimestamp();
        Assert.Equal(200, await StatusAsync(gateway, key));
        Assert.InRange(TimeProvider.System.GetElapsedTime(startedAt), TimeSpan.Zero, WellBeforeTheClient);
        Assert.Equal("degraded", await ReadinessAsync(gateway));
        await _redis.ResumeAsync();
        await Eventually.TrueAsync(async () => await ReadinessAsync(gateway) == "ready");
    }

    [Fact]
    public async Task Redis_AtASocketIsDownAndComesBack_IsGoneWithoutMeanwhile()
    {
        await using var gateway = await StartAsync($"!{Socket}");
        var key = await gateway.WithAccountAsync("acme", ["agg_1"]);
        Assert.Equal(200, await StatusAsync(gateway, key));

        // First the file: there is never a socket that nobody listens at, which is another error.
        File.Delete(Socket);
        await _redis.StopAsync();
        await Eventually.TrueAsync(async () =>
        {
            Assert.Equal(200, await StatusAsync(gateway, key));
            return Count(gateway, "Redis is of no use") == 1;
        });
        Assert.Equal("degraded", await ReadinessAsync(gateway));

        await _redis.StartAgainAsync();
        await Eventually.TrueAsync(async () => await ReadinessAsync(gateway) == "ready");
        var again = await gateway.WithAccountAsync("other", ["agg_1"]);
        Assert.Equal(200, await StatusAsync(gateway, again));
        await gateway.StopAsync();
        Assert.Equal(1, Count(gateway, "Redis does again"));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task<string> OpenTlsAsync()
    {
        var port = await _redis.OpenTlsPortAsync(_folder.FullName);
        // The client's own setting for one more authority that is trusted. No other test's certificate is from this one.
        Environment.SetEnvironmentVariable("SERedis_IssuerCertPath", Path.Combine(_folder.FullName, "redis.crt"));
        return $"127.0.0.1:{port},ssl=true,sslHost=localhost";
    }

    private Task<GatewayHost> StartAsync(string redis) => GatewayHost.StartAsync(_backend.Url, ("Accounts:File", ""), ("Redis:Connection", redis));

    private static async Task<(long Made, long Open)> CountConnectionsAsync(ConnectionMultiplexer admin)
    {
        var info = (string)(await admin.GetDatabase().ExecuteAsync("INFO", "everything"))!;
        return (Read("total_connections_received"), Read("connected_clients"));

        long Read(string name) => long.Parse(
            info.Split("\r\n").First(line => line.StartsWith($"{name}:", StringComparison.Ordinal))[(name.Length + 1)..], CultureInfo.InvariantCulture);
    }

    private static async Task<int> StatusAsync(GatewayHost gateway, ApiKey key)
    {
        using var response = await gateway.GetAsync("/api/event?_id=agg_1", key);
        return (int)response.StatusCode;
    }

    private static async Task<string?> ReadinessAsync(GatewayHost gateway)
    {
        using var response = await gateway.Management.GetAsync("/health/ready", Token);
        using var body = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(Token), cancellationToken: Token);
        return body.RootElement.GetProperty("status").GetString();
    }

    private static int Count(GatewayHost gateway, string message) => gateway.Log.ToString().Split($"\"@mt\":\"{message}").Length - 1;
}
