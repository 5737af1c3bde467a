using Eventicat.Accounts;
using Eventicat.Gateway.Tests.Hosting;
using Eventicat.TestSupport.Http;

namespace Eventicat.Gateway.Tests.Wire;

/// <summary>A path that a backend may read otherwise than the routes do could pass under a scope that is not its own.</summary>
public sealed class AmbiguousPathTests : IAsyncLifetime
{
    private readonly RawBackend _backend = new();
    private GatewayHost _gateway = null!;
    private ApiKey _key = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await GatewayHost.StartAsync(_backend.Url);
        _key = await _gateway.WithAccountAsync("acme", ["agg_1"]);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _backend.DisposeAsync();
    }

    [Theory]
    [InlineData("/api//events")]
    [InlineData("//api/events")]
    [InlineData("/api/events//")]
    [InlineData("/api/events;a")]
    [InlineData("/api;a/events")]
    [InlineData("/api/;/events")]
    [InlineData("/api/events%3b")]
    [InlineData("/api/events%3Ba=1")]
    [InlineData("/api/events.")]
    [InlineData("/api/events..")]
    [InlineData("/api/events%2e")]
    [InlineData("/api/events%20")]
    [InlineData("/api/events%2E%20")]
    [InlineData("/api/./events")]
    [InlineData("/api/%2e/events")]
    [InlineData("/api/event/../events")]
    [InlineData("/api/event/%2e%2e/events")]
    [InlineData("/api/event/.%2E/events")]
    [InlineData("/api/event/..")]
    [InlineData("/api\\events")]
    [InlineData("/api/event\\..\\events")]
    [InlineData("/api%5Cevents")]
    [InlineData("/api/event%5c..%5cevents")]
    [InlineData("/api%2Fevents")]
    [InlineData("/api/event%2f..%2fevents")]
    [InlineData("/api/events%09")]
    [InlineData("/api/events%0d%0a")]
    [InlineData("/api/a%7fb")]
    [InlineData("http://x/api//events")]
    [InlineData("http://x/api/events;a")]
    [InlineData("http://x/api/event/../events")]
    public async Task Path_ThatServersReadDifferently_IsNotFoundBeforeAnyKeyIsAskedFor(string path)
    {
        var withoutKey = await SendAsync($"{path}?_id=agg_1", "");
        var withKey = await SendAsync($"{path}?_id=agg_1", $"Authorization: Bearer {_key.Reveal()}\r\n");

        foreach (var answer in new[] { withoutKey, withKey })
        {
            Assert.Equal(404, answer.Status);
            Assert.Equal("""{"error":"Not found"}""", answer.Body);
            Assert.DoesNotContain("X-RateLimit-Limit", answer.Headers.Keys);
        }

        Assert.Empty(_backend.Requests);
    }

    [Theory]
    [InlineData("/api/event", "/api/event")]
    [InlineData("/api/event/", "/api/event/")]
    [InlineData("/api/events/", "/api/events/")]
    [InlineData("/api/files/report.v1.json", "/api/files/report.v1.json")]
    [InlineData("/api/.hidden/..x", "/api/.hidden/..x")]
    [InlineData("/api/a%20b/c+d", "/api/a%20b/c+d")]
    [InlineData("/api/caf%C3%A9/~x/a=b,c:d@e", "/api/caf%C3%A9/~x/a=b,c:d@e")]
    [InlineData("/api/100%25", "/api/100%25")]
    [InlineData("/api/caf%E9", "/api/caf%E9")]
    [InlineData("/api/%C3%28", "/api/%C3%28")]
    [InlineData("/api/%zz", "/api/%zz")]
    [InlineData("/api/a%3Ab%40c", "/api/a%3Ab%40c")]
    [InlineData("/api/a[b]|{c}^`", "/api/a[b]|{c}^`")]
    [InlineData("/api/%41%7e", "/api/%41%7e")]
    [InlineData("http://x/api/event", "/api/event")]
    [InlineData("http://x./api/event", "/api/event")]
    public async Task Path_ThatIsOrdinary_IsForwardedByteForByte(string path, string forwarded)
    {
        var answer = await SendAsync($"{path}?_id=agg_1&path=//a;b/../c.", $"Authorization: Bearer {_key.Reveal()}\r\n", path.StartsWith("http://x.", StringComparison.Ordinal) ? "x." : "x");

        Assert.Equal(200, answer.Status);
        Assert.StartsWith($"GET {forwarded}?_id=agg_1&path=//a;b/../c. HTTP/1.1\r\n", Assert.Single(_backend.Requests), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/caf%E9/a[b]%3A%zz")]
    [InlineData("/api/caf%C3%A9")]
    public async Task Path_OverHttp2_IsForwardedByteForByte(string path)
    {
        var answer = await _gateway.SendAsync(WireProtocol.Http2, "GET", $"{path}?_id=agg_1", [("authorization", $"Bearer {_key.Reveal()}")]);

        Assert.Equal(200, answer.Status);
        Assert.StartsWith($"GET {path}?_id=agg_1 HTTP/1.1\r\n", Assert.Single(_backend.Requests), StringComparison.Ordinal);
    }

    /// <summary>Only such a route sends another path than the one that came, and so another encoding.</summary>
    [Theory]
    [InlineData("/old/caf%E9?_id=agg_1", "/new/caf%25E9?_id=agg_1")]
    [InlineData("/old/a%20b?_id=agg_1", "/new/a%20b?_id=agg_1")]
    [InlineData("/old/caf%C3%A9/%41?_id=agg_1&%41=%zz", "/new/caf%C3%A9/A?_id=agg_1&%41=%zz")]
    [InlineData("/base/caf%E9?_id=agg_1", "/at/base/caf%E9?_id=agg_1")]
    public async Task Path_OfARouteOrDestinationOfItsOwn_IsForwarded(string target, string forwarded)
    {
        await using var gateway = await GatewayHost.StartAsync(_backend.Url,
            ("ReverseProxy:Routes:old:ClusterId", "events"), ("ReverseProxy:Routes:old:Match:Path", "/old/{**rest}"),
            ("ReverseProxy:Routes:old:Transforms:0:PathPattern", "/new/{**rest}"),
            ("ReverseProxy:Routes:base:ClusterId", "base"), ("ReverseProxy:Routes:base:Match:Path", "/base/{**rest}"),
            ("ReverseProxy:Clusters:base:Destinations:one:Address", $"{_backend.Url}/at/"));
        var key = await gateway.WithAccountAsync("acme", ["agg_1"]);

        var answer = await gateway.SendAsync(WireProtocol.Http1, "GET", target, [("Authorization", $"Bearer {key.Reveal()}")]);

        Assert.Equal(200, answer.Status);
        Assert.StartsWith($"GET {forwarded} HTTP/1.1\r\n", Assert.Single(_backend.Requests), StringComparison.Ordinal);
    }

    private async Task<RawAnswer> SendAsync(string target, string headers, string host = "x") => RawAnswer.Parse(await RawClient.SendAsync(
        _gateway.Public.BaseAddress!,
        $"GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}\r\n",
        TestContext.Current.CancellationToken));
}
