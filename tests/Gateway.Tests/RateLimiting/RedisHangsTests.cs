using System.Collections.Concurrent;
using System.Net;
using Eventicat.Accounts;
using Eventicat.Gateway.Tests.Hosting;
using Eventicat.TestSupport;
using Eventicat.TestSupport.Http;
using Eventicat.TestSupport.Redis;

namespace Eventicat.Gateway.Tests.RateLimiting;

/// <summary>Redis keeps its connections and says nothing more. What is known goes on being served, and nobody waits long.</summary>
public sealed class RedisHangsTests : IAsyncLifetime
{
    private const int Accounts = 20;
    private const int Clients = 4;

    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Slowest = TimeSpan.FromMilliseconds(150);

    /// <summary>Half of what a question to Redis may take.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(250);

    private readonly RawBackend _backend = new();
    private RedisServer _redis = null!;

    public async ValueTask InitializeAsync() => _redis = await RedisServer.StartAsync(Token);

    public async ValueTask DisposeAsync()
    {
        await _redis.DisposeAsync();
        await _backend.DisposeAsync();
    }

    [Fact]
    public async Task Redis_HangsUnderLoad_HoldsNoRequestWithAKnownKey()
    {
        await using var gateway = await StartAsync();
        var keys = await Task.WhenAll(Enumerable.Range(0, Accounts).Select(i => gateway.WithAccountAsync($"acme-{i}", [$"agg_{i}"], new AccountLimit(1_000_000, TimeSpan.FromMinutes(1)))));
        var before = await LoadAsync(gateway, keys);

        await _redis.PauseAsync();
        var during = await LoadAsync(gateway, keys);

        Assert.All(during, one => Assert.Equal(HttpStatusCode.OK, one.Status));
        // The machine may be busy with other things; what it does to requests while Redis is well is not Redis's part.
        Assert.InRange(Percentile99(during), TimeSpan.Zero, Slowest + Percentile99(before));
        await _redis.ResumeAsync();
    }

    [Fact]
    public async Task Redis_Hangs_TellsUnknownKeysAtOnceAndServesAsFreshAsEverAfterwards()
    {
        await using var gateway = await StartAsync();
        var key = await gateway.WithAccountAsync("acme", ["agg_0"]);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(gateway, key, 0)).Status);
        await SendUnknownAsync(gateway);
        var before = await SendUnknownAsync(gateway);

        await _redis.PauseAsync();
        // Not known at once where processors are short.
        await Eventually.TrueAsync(async () =>
            (await SendAsync(gateway, ApiKey.Generate(out _), 0)).Status == HttpStatusCode.ServiceUnavailable
            && gateway.Log.ToString().Contains("\"@mt\":\"Redis does not decide on rate limits", StringComparison.Ordinal));
        var during = await SendUnknownAsync(gateway);

        Assert.All(during, one => Assert.Equal(HttpStatusCode.ServiceUnavailable, one.Status));
        Assert.InRange(Median(during), TimeSpan.Zero, AtOnce + Median(before));

        await _redis.ResumeAsync();
        await Eventually.TrueAsync(async () => (await SendAsync(gateway, ApiKey.Generate(out _), 0)).Status == HttpStatusCode.Unauthorized);
        await gateway.ChangeAsync("acme", account => account! with { Disabled = true });
        await Eventually.HoldsAsync(
            async () => (await SendAsync(gateway, key, 0)).Status == HttpStatusCode.Unauthorized, TimeSpan.FromSeconds(1), Token);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Task<GatewayHost> StartAsync() => GatewayHost.StartAsync(
        _backend.Url, ("Accounts:File", ""), ("Redis:Connection", _redis.Connection));

    private static async Task<List<Answer>> LoadAsync(GatewayHost gateway, ApiKey[] keys)
    {
        var answers = new ConcurrentBag<Answer>();
        var startedAt = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(async () =>
        {
            for (var i = client; TimeProvider.System.GetElapsedTime(startedAt) < Outage; i = (i + 1) % keys.Length)
            {
                answers.Add(await SendAsync(gateway, keys[i], i));
            }
        })));
        return [.. answers];
    }

    /// <summary>All at once: a client that has lost its connection by the time of the later ones fails at once as well.</summary>
    private static async Task<Answer[]> SendUnknownAsync(GatewayHost gateway) =>
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => SendAsync(gateway, ApiKey.Generate(out _), i)));

    private static async Task<Answer> SendAsync(GatewayHost gateway, ApiKey key, int account)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        using var response = await gateway.GetAsync($"/api/event?_id=agg_{account}", key);
        return new Answer(response.StatusCode, TimeProvider.System.GetElapsedTime(startedAt));
    }

    private static TimeSpan Median(Answer[] answers) => answers.Select(one => one.Took).Order().ElementAt(answers.Length / 2);

    private static TimeSpan Percentile99(List<Answer> answers) => answers.Select(one => one.Took).Order().ElementAt(answers.Count * 99 / 100);

    private sealed record Answer(HttpStatusCode Status, TimeSpan Took);
}
