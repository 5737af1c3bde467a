using Eventicat.Gateway.Tests.Hosting;
using Eventicat.TestSupport.Http;

namespace Eventicat.Gateway.Tests.Wire;

/// <summary>Routes of an operator's own, in front of a backend of an operator's own.</summary>
public sealed class RouteAccessTests : IAsyncLifetime
{
    private readonly RawBackend _backend = new();
    private GatewayHost _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await GatewayHost.StartAsync(_backend.Url,
        ("ReverseProxy:Routes:orders:ClusterId", "events"), ("ReverseProxy:Routes:orders:Match:Path", "/orders/{**rest}"),
        ("ReverseProxy:Routes:me:ClusterId", "events"), ("ReverseProxy:Routes:me:Match:Path", "/me"),
        ("ReverseProxy:Routes:me:Match:Methods:0", "GET"), ("ReverseProxy:Routes:me:AuthorizationPolicy", "Account"),
        ("ReverseProxy:Routes:told:ClusterId", "events"), ("ReverseProxy:Routes:told:Match:Path", "/told/{name}"),
        ("ReverseProxy:Routes:told:AuthorizationPolicy", "Anonymous"),
        ("ReverseProxy:Routes:told:Transforms:0:RequestHeaderRouteValue", "X-Name"), ("ReverseProxy:Routes:told:Transforms:0:Set", "name"),
        ("ReverseProxy:Routes:open:ClusterId", "events"), ("ReverseProxy:Routes:open:Match:Path", "/status"),
        ("ReverseProxy:Routes:open:AuthorizationPolicy", "Anonymous"));

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _backend.DisposeAsync();
    }

    [Theory]
    [InlineData("/orders/1", false, 401)]
    [InlineData("/orders/1", true, 404)]
    [InlineData("/orders/1?_id=agg_1", true, 200)]
    [InlineData("/me", false, 401)]
    [InlineData("/me", true, 200)]
    [InlineData("/me?_id=agg_1&_ID=agg_2", true, 400)]
    [InlineData("/status", false, 200)]
    [InlineData("/api/event?_id=agg_1", true, 404)]
    public async Task Route_AsksForWhatItSays(string target, bool hasKey, int status)
    {
        var key = await _gateway.WithAccountAsync("acme", ["agg_1"]);

        using var response = await _gateway.GetAsync(target, hasKey ? key : null);

        Assert.Equal(status, (int)response.StatusCode);
    }

    /// <summary>What a header cannot have is percent-encoded; the nearest letter would make two names one.</summary>
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("caf%C3%A9", "caf\u00e9")]
    [InlineData("%EF%BC%8A", "%EF%BC%8A")]
    [InlineData("%C4%8A", "%C4%8A")]
    [InlineData("a%E2%82%AC", "a%E2%82%AC")]
    public async Task RouteValue_InAHeader_SaysOneThing(string name, string expected)
    {
        using var response = await _gateway.GetAsync($"/told/{name}");

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Contains($"\r\nX-Name: {expected}\r\n", Assert.Single(_backend.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Route_OfOtherMethods_Gets405WithAllow()
    {
        using var response = await _gateway.Public.PostAsync(_gateway.Address("/me"), content: null, TestContext.Current.CancellationToken);

        Assert.Equal(405, (int)response.StatusCode);
        Assert.Equal(["GET"], response.Content.Headers.Allow);
        Assert.Equal("""{"error":"Method not allowed"}""", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Anonymous_WithKeyInUrl_ForwardsWithoutIt()
    {
        using var response = await _gateway.GetAsync("/status?a=1&_apikey=whatever");

        Assert.StartsWith("GET /status?a=1 HTTP/1.1\r\n", Assert.Single(_backend.Requests), StringComparison.Ordinal);
        Assert.DoesNotContain("X-Eventicat-Account", _backend.Requests.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Anonymous_WithoutForwardToBackend_SendsNoRefusedKeyEither()
    {
        await using var gateway = await GatewayHost.StartAsync(_backend.Url,
            ("Credentials:ForwardToBackend", "false"), ("ReverseProxy:Routes:open:ClusterId", "events"),
            ("ReverseProxy:Routes:open:Match:Path", "/status"), ("ReverseProxy:Routes:open:AuthorizationPolicy", "Anonymous"));
        var key = await gateway.WithAccountAsync("acme", []);

        using var response = await gateway.GetAsync("/status?_apikey=other", key);

        Assert.DoesNotContain(key.Reveal(), Assert.Single(_backend.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Management_ServesOnlyItsOwn()
    {
        using var health = await _gateway.Management.GetAsync(new Uri("/health/live", UriKind.Relative), TestContext.Current.CancellationToken);
        using var forged = new HttpRequestMessage(HttpMethod.Get, _gateway.Address("/health/live")) { Headers = { Host = _gateway.Management.BaseAddress!.Authority } };
        using var onPublic = await _gateway.Public.SendAsync(forged, TestContext.Current.CancellationToken);
        using var onManagement = await _gateway.Management.GetAsync(new Uri("/status", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(200, (int)health.StatusCode);
        Assert.Equal(404, (int)onPublic.StatusCode);
        Assert.Equal(404, (int)onManagement.StatusCode);
        Assert.Empty(_backend.Requests);
    }
}
