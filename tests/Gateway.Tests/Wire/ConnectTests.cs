using Eventicat.Gateway.Tests.Hosting;
using Eventicat.TestSupport.Http;

namespace Eventicat.Gateway.Tests.Wire;

/// <summary>CONNECT has no path and perhaps no target; it gets its answer like everything else.</summary>
public sealed class ConnectTests : IAsyncLifetime
{
    private readonly RawBackend _backend = new();
    private GatewayHost _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await GatewayHost.StartAsync(_backend.Url,
        ("ReverseProxy:Routes:all:ClusterId", "events"), ("ReverseProxy:Routes:all:Match:Path", "/{**rest}"),
        ("ReverseProxy:Routes:all:AuthorizationPolicy", "Anonymous"));

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _backend.DisposeAsync();
    }

    [Fact]
    public async Task Connect_OverHttp1_Gets405()
    {
        var answer = RawAnswer.Parse(await RawClient.SendAsync(
            _gateway.Public.BaseAddress!, "CONNECT other:443 HTTP/1.1\r\nHost: other:443\r\nConnection: close\r\n\r\n", TestContext.Current.CancellationToken));

        Assert.Equal(405, answer.Status);
        Assert.Equal("""{"error":"Method not allowed"}""", answer.Body);
        Assert.Empty(_backend.Requests);
    }

    [Fact]
    public async Task Connect_OverHttp2_Gets405AndLeavesTheConnectionUsable()
    {
        await using var client = await RawHttp2Client.ConnectAsync(_gateway.Http2, TestContext.Current.CancellationToken);

        var connect = await client.SendAsync([(":method", "CONNECT"), (":authority", "other:443")], cancellationToken: TestContext.Current.CancellationToken);
        var other = await client.SendAsync(
            [(":method", "GET"), (":scheme", "http"), (":path", "/a"), (":authority", "x")], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(RawHttp2End.Answered, connect.End);
        Assert.Equal(405, connect.Status);
        Assert.Equal("""{"error":"Method not allowed"}""", connect.Body);
        Assert.NotNull(connect.Header("X-Request-Id"));
        Assert.Equal(200, other.Status);
        Assert.Single(_backend.Requests);
        await _gateway.StopAsync();
        Assert.DoesNotContain("   at ", _gateway.Log.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("unhandled exception", _gateway.Log.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("websocket", 403, """{"error":"Upgrade not allowed"}""")]
    [InlineData("connect-udp", 405, """{"error":"Method not allowed"}""")]
    public async Task ExtendedConnect_OnARouteThatDoesNotAllowIt_IsRefused(string protocol, int status, string body)
    {
        await using var client = await RawHttp2Client.ConnectAsync(_gateway.Http2, TestContext.Current.CancellationToken);

        var answer = await client.SendAsync(
            [(":method", "CONNECT"), (":protocol", protocol), (":scheme", "http"), (":path", "/chat"), (":authority", "x"), ("sec-websocket-version", "13")],
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(status, answer.Status);
        Assert.Equal(body, answer.Body);
        Assert.Empty(_backend.Requests);
    }

    [Fact]
    public async Task Options_OfTheServerItself_IsNotForwardedAsAPath()
    {
        foreach (var protocol in Exchange.Protocols)
        {
            var answer = await _gateway.SendAsync(protocol, "OPTIONS", "*");

            Assert.Equal(404, answer.Status);
        }

        Assert.Empty(_backend.Requests);
    }
}
