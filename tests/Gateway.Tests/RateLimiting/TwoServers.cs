using System.Text.Json;
using Eventicat.Accounts;
using Eventicat.Control.AccountStorage.Redis;
using Eventicat.Gateway.Tests.Hosting;
using Eventicat.Redis;
using Eventicat.TestSupport;
using Eventicat.TestSupport.Http;
using Eventicat.TestSupport.Redis;
using StackExchange.Redis;

namespace Eventicat.Gateway.Tests.RateLimiting;

/// <summary>Gateways with two servers of Redis, of which one may be the other's replica.</summary>
public abstract class TwoServers : IAsyncLifetime
{
    private protected const string Two = "\"@mt\":\"{Addresses} of Redis:Connection each say that they are the primary";
    private protected const string One = "\"@mt\":\"Of the servers of Redis:Connection one alone is the primary again";

    private protected static readonly AccountLimit Limit = new(1000, TimeSpan.FromMinutes(5));

    private readonly RawBackend _backend = new();

    private protected RedisServer First { get; private set; } = null!;

    private protected RedisServer Second { get; private set; } = null!;

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        First = await RedisServer.StartProcessAsync(Token);
        Second = await RedisServer.StartProcessAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        await First.DisposeAsync();
        await Second.DisposeAsync();
        await _backend.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected async Task ReplicateAsync()
    {
        await Second.ExecuteAsync($"REPLICAOF 127.0.0.1 {First.Port}");
        await Eventually.TrueAsync(async () => await HasAsync(Second, "master_link_status:up"));
    }

    private protected Task<GatewayHost> StartAsync(params (string Key, string? Value)[] settings) =>
        StartAtAsync($"{First.Connection},{Second.Connection}", settings);

    private protected Task<GatewayHost> StartAtAsync(string connection, params (string Key, string? Value)[] settings) => GatewayHost.StartAsync(
        _backend.Url, [("Accounts:File", ""), ("Redis:Connection", connection), ("Authentication:FailuresPerMinute", "100000"), .. settings]);

    /// <summary>With aggregator of the same name, once the replica has it as well.</summary>
    private protected async Task<ApiKey> CreateAsync(GatewayHost gateway, string account)
    {
        var key = await gateway.WithAccountAsync(account, [account], Limit);
        await Eventually.TrueAsync(async () => (long)await Second.ExecuteAsync($"EXISTS eventicat:account:{{{account}}}") == 1);
        Assert.Equal(200, await StatusAsync(gateway, key, account));
        return key;
    }

    private protected static async Task DisableAsync(RedisServer server, string account)
    {
        await using var connection = new RedisConnection(new RedisOptions { Connection = server.Connection });
        await new RedisAccountStore(connection, TimeSpan.FromSeconds(10))
            .ChangeAsync(AccountId.Parse(account), one => one! with { Disabled = true }, Token);
    }

    private protected static async Task<bool> HasAsync(RedisServer server, string fact)
    {
        try
        {
            return ((string)(await server.ExecuteAsync("INFO replication"))!).Contains(fact, StringComparison.Ordinal);
        }
        catch (RedisConnectionException)
        {
            // A server that is made a primary or a replica ends its connections.
            return false;
        }
    }

    private protected static async Task<long> CountPermitsAsync(RedisServer server, string account) =>
        (long)await server.ExecuteAsync($"LLEN eventicat:limit:{{{account}}}");

    private protected static async Task<int> StatusAsync(GatewayHost gateway, ApiKey key, string account)
    {
        using var response = await gateway.GetAsync($"/api/event?_id={account}", key);
        return (int)response.StatusCode;
    }

    private protected static async Task<(string? Status, string? RateLimit)> ReadinessAsync(GatewayHost gateway)
    {
        using var response = await gateway.Management.GetAsync("/health/ready", Token);
        using var body = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(Token), cancellationToken: Token);
        return (body.RootElement.GetProperty("status").GetString(), body.RootElement.GetProperty("rateLimit").GetString());
    }

    private protected static int Count(GatewayHost gateway, string part) => gateway.Log.ToString().Split(part).Length - 1;
}
