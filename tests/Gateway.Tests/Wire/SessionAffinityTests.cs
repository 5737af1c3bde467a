using Eventicat.Accounts;
using Eventicat.Gateway.Tests.Hosting;
using Eventicat.TestSupport.Http;

namespace Eventicat.Gateway.Tests.Wire;

/// <summary>Clients that stay with one destination of a cluster.</summary>
public sealed class SessionAffinityTests : IAsyncLifetime
{
    private readonly RawBackend _backend = new();
    private readonly RawBackend _other = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _backend.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Theory]
    [InlineData("HashCookie")]
    [InlineData("ArrCookie")]
    public async Task Cookie_OfOneGateway_IsReadByTheNext(string policy)
    {
        string cookie;
        await using (var first = await StartAsync(policy))
        {
            using var answer = await SendAsync(first, await first.WithAccountAsync("acme", ["agg_1"]), cookie: null);
            cookie = answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        }

        await using var second = await StartAsync(policy);
        var key = await second.WithAccountAsync("acme", ["agg_1"]);
        for (var request = 0; request < 10; request++)
        {
            using var answer = await SendAsync(second, key, cookie);
            Assert.Equal(200, (int)answer.StatusCode);
        }

        Assert.Contains(0, (int[])[_backend.Requests.Count, _other.Requests.Count]);
    }

    [Theory]
    [InlineData("HashCookie")]
    [InlineData("ArrCookie")]
    public async Task Cookie_OfNoDestination_GetsAnAnswerOfTheCatalogueAndNoLineOfTheLog(string policy)
    {
        await using var gateway = await StartAsync(policy);

        using var answer = await SendAsync(gateway, await gateway.WithAccountAsync("acme", ["agg_1"]), "aff=CfDJ8garbage");

        Assert.Equal(503, (int)answer.StatusCode);
        Assert.Equal("""{"error":"No backend available"}""", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.True(answer.Headers.Contains("Retry-After"));
        Assert.DoesNotContain(gateway.Log.Rendered, line => line.Contains("ffinity", StringComparison.Ordinal));
    }

    private Task<GatewayHost> StartAsync(string policy) => GatewayHost.StartAsync(
        _backend.Url,
        ("ReverseProxy:Clusters:events:Destinations:other:Address", _other.Url),
        ("ReverseProxy:Clusters:events:LoadBalancingPolicy", "RoundRobin"),
        ("ReverseProxy:Clusters:events:SessionAffinity:Enabled", "true"),
        ("ReverseProxy:Clusters:events:SessionAffinity:Policy", policy),
        ("ReverseProxy:Clusters:events:SessionAffinity:FailurePolicy", "Return503Error"),
        ("ReverseProxy:Clusters:events:SessionAffinity:AffinityKeyName", "aff"));

    private static async Task<HttpResponseMessage> SendAsync(GatewayHost gateway, ApiKey key, string? cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, gateway.Address("/api/event?_id=agg_1"));
        request.Headers.Authorization = new("Bearer", key.Reveal());
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        return await gateway.Public.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
