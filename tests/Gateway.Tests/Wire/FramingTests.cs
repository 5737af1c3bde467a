using Eventicat.Accounts;
using Eventicat.Gateway.Tests.Hosting;
using Eventicat.TestSupport.Http;

namespace Eventicat.Gateway.Tests.Wire;

/// <summary>Where a message ends must not depend on who reads it.</summary>
public sealed class FramingTests : IAsyncLifetime
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
    [InlineData("Host: x\r\nContent-Length: +4\r\n", "body")]
    [InlineData("Host: x\r\nContent-Length: -0\r\n", "")]
    [InlineData("Host: x\r\nContent-Length: 0x4\r\n", "body")]
    [InlineData("Host: x\r\nContent-Length: 4, 4\r\n", "body")]
    [InlineData("Host: x\r\nContent-Length: 4\r\nContent-Length: 4\r\n", "body")]
    [InlineData("Host: x\r\nContent-Length: 00000000000000000000000004\r\n", "body")]
    [InlineData("Host: x\r\nContent-Length: \u00b2\r\n", "bo")]
    [InlineData("Host: x\r\nContent-Length:\r\n", "")]
    [InlineData("Host: x\r\nTransfer-Encoding: gzip, chunked\r\n", "4\r\nbody\r\n0\r\n\r\n")]
    [InlineData("Host: x\r\nTransfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", "4\r\nbody\r\n0\r\n\r\n")]
    [InlineData("Host: x\r\nTransfer-Encoding: chunked, chunked\r\n", "4\r\nbody\r\n0\r\n\r\n")]
    [InlineData("Host: x\r\nTransfer-Encoding: xchunked\r\n", "4\r\nbody\r\n0\r\n\r\n")]
    [InlineData("Host: x\r\nTransfer-Encoding: chunked;a=b\r\n", "4\r\nbody\r\n0\r\n\r\n")]
    [InlineData("Host: x\r\nTransfer-Encoding: \u000bchunked\r\n", "4\r\nbody\r\n0\r\n\r\n")]
    [InlineData("Host: x\r\nTransfer-Encoding:\r\n", "4\r\nbody\r\n0\r\n\r\n")]
    [InlineData("Host: x\r\nTransfer-Encoding: identity\r\nContent-Length: 4\r\n", "body")]
    [InlineData("Host: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n", "4\r\nbody\r\n0\r\n\r\n")]
    [InlineData("Host: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n", "4\r\nbody\r\n0\r\n\r\n")]
    [InlineData("Host: x\r\nContent-Length: 4\r\nX-Name: a\u0001b\r\n", "body")]
    [InlineData("Host: x\r\nContent-Length: 4\r\nX-Name: a\u007fb\r\n", "body")]
    [InlineData("Host: x\r\nContent-Length: 4\r\nX-Name: a\u0000b\r\n", "body")]
    [InlineData("Host: x\r\nContent-Length: 4\r\nX-Name: a\rb\r\n", "body")]
    [InlineData("Host: x\r\nContent-Length: 4\r\nX-Name: a\nX-Other: b\r\n", "body")]
    [InlineData("Host: x\r\nContent-Length: 4\r\nX-Name: a\r\n X-Other: b\r\n", "body")]
    [InlineData("Host:\r\nContent-Length: 4\r\n", "body")]
    [InlineData("Host: \r\nContent-Length: 4\r\n", "body")]
    [InlineData("Host: x\r\nHost: y\r\nContent-Length: 4\r\n", "body")]
    [InlineData("Content-Length: 4\r\n", "body")]
    public async Task Request_ThatServersFrameDifferently_Gets400(string headers, string body)
    {
        var answer = await SendAsync(headers, body);

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Empty(_backend.Requests);
    }

    [Theory]
    [InlineData("Host: x\r\nTransfer-Encoding: chunked\r\n", "4\r\nbody\r\n0\r\n\r\n")]
    [InlineData("Host: x\r\nTransfer-Encoding: CHUNKED\r\n", "4;x=y\r\nbody\r\n0\r\n\r\n")]
    [InlineData("Host: x\r\nContent-Length: 4\r\n", "body")]
    [InlineData("Host: x\r\nContent-Length: 0004\r\n", "body")]
    public async Task Request_FramedPlainly_IsForwardedWithItsBody(string headers, string body)
    {
        var answer = await SendAsync(headers, body);

        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        var request = Assert.Single(_backend.Requests);
        Assert.Contains("body", request, StringComparison.Ordinal);
        Assert.DoesNotContain("0004", request, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\u0001b")]
    [InlineData("a\u0000b")]
    [InlineData("a\rb")]
    [InlineData("a\nb")]
    [InlineData("a\r\nX-Evil: b")]
    [InlineData("a\u007fb")]
    public async Task Value_WithAControlCharacter_Gets400OverHttp2(string value)
    {
        var answer = await _gateway.TrySendAsync(
            WireProtocol.Http2, "GET", "/api/event?_id=agg_1", [("authorization", $"Bearer {_key.Reveal()}"), ("x-name", value)]);

        Assert.Equal(400, answer?.Status ?? 400);
        Assert.Empty(_backend.Requests);
    }

    [Theory]
    [InlineData("transfer-encoding", "chunked")]
    [InlineData("upgrade", "h2c")]
    [InlineData("keep-alive", "timeout=5")]
    [InlineData("proxy-connection", "keep-alive")]
    [InlineData("connection", "close")]
    public async Task Header_OfHttp1_IsMalformedInHttp2(string name, string value)
    {
        var answer = await _gateway.TrySendAsync(
            WireProtocol.Http2, "GET", "/api/event?_id=agg_1", [("authorization", $"Bearer {_key.Reveal()}"), (name, value)]);

        Assert.Equal(400, answer?.Status ?? 400);
        Assert.Empty(_backend.Requests);
    }

    [Fact]
    public async Task Refusal_OfAMalformedRequest_CanBeReadByAPage()
    {
        var answer = await _gateway.SendAsync(WireProtocol.Http1, "GET", "/api/event?_id=agg_1", [("Origin", "http://a"), ("X-Name", "a\u0001b")]);

        Assert.Equal(400, answer.Status);
        Assert.Equal("""{"error":"Malformed request"}""", answer.Body);
        Assert.Equal("*", answer.Headers["Access-Control-Allow-Origin"]);
        Assert.True(answer.Headers.ContainsKey("X-Request-Id"));
    }

    /// <summary>Whoever stands in front may have read another message in the bytes that follow.</summary>
    [Theory]
    [InlineData("GET /api/event?_id=agg_1#x HTTP/1.1\r\nHost: x\r\n")]
    [InlineData("GET /api/event?_id=agg_1;_apikey=x HTTP/1.1\r\nHost: x\r\n")]
    [InlineData("GET /api/event?_id=agg_1 HTTP/1.1\r\nHost: x\r\nTransfer\"Encoding: chunked\r\n")]
    [InlineData("GET /api/event?_id=agg_1 HTTP/1.1\r\nHost: x\r\nX-Name: a\u0001b\r\n")]
    [InlineData("GET /api/event?_id=agg_1 HTTP/1.1\r\nHost:\r\n")]
    [InlineData("GET /api/event?_id=agg_1 HTTP/1.1\r\nHost: x\r\nContent-Length: +0\r\n")]
    [InlineData("GET /api/event?_id=agg_1 HTTP/1.1\r\nHost: x\r\nAuthorization: Basic a\u0001b\r\n")]
    [InlineData("GET /api/event?_id=agg_1 HTTP/1.1\r\nHost: x\r\nReferer: /?a;_apikey=x\u0001\r\n")]
    [InlineData("GET //api/event?_id=agg_1 HTTP/1.1\r\nHost: x\r\nC,nt-Length: 1\r\n")]
    [InlineData("TRACE /api/event?_id=agg_1 HTTP/1.1\r\nHost: x\r\nC,nt-Length: 1\r\n")]
    [InlineData("OPTIONS /api/event#x HTTP/1.1\r\nHost: x\r\nOrigin: http://a\r\nAccess-Control-Request-Method: GET\r\n")]
    [InlineData("OPTIONS /api/event HTTP/1.1\r\nHost: x\r\nC,nt-Length: 1\r\nOrigin: http://a\r\nAccess-Control-Request-Method: GET\r\n")]
    [InlineData("GET /api/event?_id=agg_1 HTTP/1.0\r\nConnection: keep-alive\r\nX-Name: a\u0001b\r\n")]
    [InlineData("GET /api/event?_id=agg_1 HTTP/1.0\r\nConnection: keep-alive\r\nTransfer-Encoding: gzip, chunked\r\n")]
    [InlineData("GET /api/event?_id=agg_1 HTTP/1.0\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n")]
    public async Task Connection_AfterAMalformedRequest_IsClosed(string malformed)
    {
        var next = $"GET /api/event?_id=agg_1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {_key.Reveal()}\r\n\r\n";

        var answer = await RawClient.SendAsync(
            _gateway.Public.BaseAddress!, $"{malformed}Authorization: Bearer {_key.Reveal()}\r\n\r\n{next}", TestContext.Current.CancellationToken);

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Single(answer.Split("\r\n"), line => line.StartsWith("HTTP/1.1 ", StringComparison.Ordinal));
        Assert.Contains("\r\nConnection: close\r\n", answer, StringComparison.Ordinal);
        Assert.Empty(_backend.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(null)]
    public async Task Authority_ThatIsMissing_Gets400(string? host)
    {
        (string Name, string Value)[] authority = host is null ? [] : [("host", host)];
        await using var client = await RawHttp2Client.ConnectAsync(_gateway.Http2, TestContext.Current.CancellationToken);

        var answer = await client.SendAsync(
            [(":method", "GET"), (":scheme", "http"), (":path", "/api/event?_id=agg_1"), .. authority, ("authorization", $"Bearer {_key.Reveal()}")],
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(400, answer.End == RawHttp2End.Answered ? answer.Status : 400);
        Assert.Empty(_backend.Requests);
    }

    private Task<string> SendAsync(string headers, string body) => RawClient.SendAsync(
        _gateway.Public.BaseAddress!,
        $"POST /api/event?_id=agg_1 HTTP/1.1\r\n{headers}Authorization: Bearer {_key.Reveal()}\r\nConnection: close\r\n\r\n{body}",
        TestContext.Current.CancellationToken);
}
