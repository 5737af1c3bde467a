using Eventicat.Accounts;
using Eventicat.Gateway.Tests.Hosting;
using Eventicat.TestSupport.Http;

namespace Eventicat.Gateway.Tests.Wire;

/// <summary>Answers of a backend that no client can be given become one clean 502.</summary>
public sealed class BackendResponseTests : IAsyncLifetime
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

    public static TheoryData<WireProtocol, string> Invalid
    {
        get
        {
            var data = new TheoryData<WireProtocol, string>();
            foreach (var protocol in Exchange.Protocols)
            {
                data.Add(protocol, "204 No Content\r\nLeft: over\r\nContent-Length: 4\r\n\r\nbody");
                data.Add(protocol, "204 No Content\r\nLeft: over\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n");
                data.Add(protocol, "205 Reset Content\r\nLeft: over\r\nContent-Length: 4\r\n\r\nbody");
                data.Add(protocol, "205 Reset Content\r\nLeft: over\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n");
                data.Add(protocol, "099 Odd\r\nLeft: over\r\nContent-Length: 2\r\n\r\nok");
                data.Add(protocol, "101 Switching Protocols\r\nLeft: over\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nbytes");
                data.Add(protocol, "200 OK\r\nLeft: over\r\nContent-Length: \r\nContent-Length: 5\r\n\r\n");
                data.Add(protocol, "200 OK\r\nLeft: over\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok");
                data.Add(protocol, "200 OK\r\nLeft: over\r\nContent-Length: 2\r\nContent-Length: 5\r\n\r\nok");
                data.Add(protocol, "200 OK\r\nLeft: over\r\nTransfer-Encoding: gzip, chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n");
                data.Add(protocol, "200 OK\r\nLeft: over\r\nTransfer-Encoding: chunked, gzip\r\n\r\n4\r\nbody\r\n0\r\n\r\n");
                data.Add(protocol, "200 OK\r\nLeft: over\r\nTransfer-Encoding: gzip\r\n\r\nbody");
                data.Add(protocol, "200 OK\r\nLeft: over\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n4\r\nbody\r\n0\r\n\r\n");
                data.Add(protocol, "200 OK\r\nLeft: over\r\nX-Name: a\u0001b\r\nContent-Length: 2\r\n\r\nok");
                data.Add(protocol, "200 OK\r\nLeft: over\r\nX-Name: a\u007fb\r\nContent-Length: 2\r\n\r\nok");
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Invalid))]
    public async Task Answer_ThatIsNone_Becomes502WithoutLeftovers(WireProtocol protocol, string answer)
    {
        _backend.Response = $"HTTP/1.1 {answer}";

        var received = await _gateway.SendAsync(protocol, "GET", "/api/event?_id=agg_1", [("Authorization", $"Bearer {_key.Reveal()}"), ("Origin", "http://a")]);

        Assert.Equal(502, received.Status);
        Assert.Equal("""{"error":"Invalid backend response"}""", received.Body);
        Assert.Equal("1", received.Headers["Retry-After"]);
        Assert.Equal("no-store", received.Headers["Cache-Control"]);
        Assert.True(received.Headers.ContainsKey("X-RateLimit-Limit"));
        Assert.True(received.Headers.ContainsKey("Access-Control-Allow-Origin"));
        Assert.DoesNotContain(received.Headers.Keys, name => name is "Left" or "left" or "Upgrade" or "X-Name" or "x-name");
        await _gateway.StopAsync();
        Assert.Contains("BackendFailed", _gateway.Log.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", _gateway.Log.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(WireProtocol.Http1)]
    [InlineData(WireProtocol.Http2)]
    public async Task Answer_WithAnOddReason_GoesOn(WireProtocol protocol)
    {
        _backend.Response = "HTTP/1.1 200 a\u0001b\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";

        var received = await _gateway.SendAsync(protocol, "GET", "/api/event?_id=agg_1", [("Authorization", $"Bearer {_key.Reveal()}")]);

        Assert.Equal(200, received.Status);
        Assert.Equal("ok", received.Body);
    }

    [Fact]
    public async Task Trailer_ThatEndsAnAnswerHalfWay_IsLeftOut()
    {
        _backend.Response = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n2\r\nok\r\n0\r\nX-Bad: a\u0001\r\nConnection: close\r\nKeep-Alive: timeout=1\r\nProxy-Connection: close\r\nUpgrade: h2c\r\nX-Eventicat-Account: a\r\nX-Good: b\r\n\r\n";
        await using var client = await RawHttp2Client.ConnectAsync(_gateway.Http2, TestContext.Current.CancellationToken);

        var answer = await client.SendAsync(
            [(":method", "GET"), (":scheme", "http"), (":path", "/api/event?_id=agg_1"), (":authority", "x"), ("authorization", $"Bearer {_key.Reveal()}")],
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(RawHttp2End.Answered, answer.End);
        Assert.Equal("ok", answer.Body);
        Assert.Equal([("x-good", "b")], answer.Trailers);
    }

    [Theory]
    [InlineData(WireProtocol.Http1)]
    [InlineData(WireProtocol.Http2)]
    public async Task Answer_OfHttp2With204AndABody_LosesTheBody(WireProtocol protocol)
    {
        // 9 in HPACK's static table: 204.
        await using var backend = new RawHttp2Backend([0x80 | 9], "body");
        await using var gateway = await GatewayHost.StartAsync(
            backend.Url, ("ReverseProxy:Clusters:events:HttpRequest:Version", "2"), ("ReverseProxy:Clusters:events:HttpRequest:VersionPolicy", "RequestVersionExact"));
        var key = await gateway.WithAccountAsync("acme", ["agg_1"]);

        var received = await gateway.SendAsync(protocol, "GET", "/api/event?_id=agg_1", [("Authorization", $"Bearer {key.Reveal()}")]);

        Assert.Equal(204, received.Status);
        Assert.Equal("", received.Body);
        await gateway.StopAsync();
        Assert.DoesNotContain("unhandled", gateway.Log.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(WireProtocol.Http1)]
    [InlineData(WireProtocol.Http2)]
    public async Task Header_ThatConnectionNames_IsLeftOut(WireProtocol protocol)
    {
        _backend.Response = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close, X-Hop ,x-other\r\nX-Hop: a\r\nX-Other: b\r\nKept: kept\r\n\r\nok";

        var received = await _gateway.SendAsync(protocol, "GET", "/api/event?_id=agg_1", [("Authorization", $"Bearer {_key.Reveal()}")]);

        Assert.Equal((200, "kept"), (received.Status, received.Headers["Kept"]));
        Assert.DoesNotContain(received.Headers.Keys, name => name.Equals("X-Hop", StringComparison.OrdinalIgnoreCase) || name.Equals("X-Other", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData(WireProtocol.Http1, "204 No Content\r\nKept: kept\r\n\r\n", 204)]
    [InlineData(WireProtocol.Http2, "204 No Content\r\nKept: kept\r\nContent-Length: 0\r\n\r\n", 204)]
    [InlineData(WireProtocol.Http1, "205 Reset Content\r\nKept: kept\r\nContent-Length: 0\r\n\r\n", 205)]
    [InlineData(WireProtocol.Http2, "205 Reset Content\r\nKept: kept\r\nConnection: close\r\n\r\nbody", 205)]
    [InlineData(WireProtocol.Http1, "304 Not Modified\r\nKept: kept\r\nContent-Length: 4\r\n\r\n", 304)]
    [InlineData(WireProtocol.Http2, "304 Not Modified\r\nKept: kept\r\nContent-Length: 4\r\n\r\n", 304)]
    public async Task Answer_WithoutABody_GoesOn(WireProtocol protocol, string answer, int status)
    {
        _backend.Response = $"HTTP/1.1 {answer}";

        var received = await _gateway.SendAsync(protocol, "GET", "/api/event?_id=agg_1", [("Authorization", $"Bearer {_key.Reveal()}")]);

        Assert.Equal(status, received.Status);
        Assert.Equal("kept", received.Headers["Kept"]);
        Assert.Equal("", received.Body);
    }
}
