using System.Text;
using Eventicat.Accounts;
using Eventicat.Gateway.Tests.Hosting;
using Eventicat.TestSupport.Http;

namespace Eventicat.Gateway.Tests.Wire;

/// <summary>Header values go on byte for byte, to the backend and back.</summary>
public sealed class HeaderBytesTests : IAsyncLifetime
{
    private static readonly string Utf8 = Encoding.Latin1.GetString("José 北京 🚀"u8);

    private readonly RawBackend _backend = new();
    private GatewayHost _gateway = null!;
    private string _key = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await GatewayHost.StartAsync(_backend.Url);
        _key = (await _gateway.WithAccountAsync("acme", ["agg_1"])).Reveal();
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _backend.DisposeAsync();
    }

    public static TheoryData<WireProtocol, string, string> Values
    {
        get
        {
            var data = new TheoryData<WireProtocol, string, string>();
            foreach (var protocol in Exchange.Protocols)
            {
                foreach (var name in (string[])["X-Name", "User-Agent", "Cookie", "Referer", "Content-Type", "Content-Language", "Accept", "Origin", "Traceparent", "Baggage", "If-None-Match"])
                {
                    data.Add(protocol, name, Utf8);
                    data.Add(protocol, name, "Jos\u00e9 \u0080\u00ff");
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Values))]
    public async Task Request_HeaderOutsideAscii_ReachesTheBackendByteForByte(WireProtocol protocol, string name, string value)
    {
        var answer = await SendAsync(protocol, [(name, value)], body: "{}");

        Assert.Equal(200, answer.Status);
        var request = Assert.Single(_backend.Requests);
        Assert.True(request.Contains($"\r\n{name}: {value}\r\n", StringComparison.OrdinalIgnoreCase), request);
    }

    [Theory]
    [InlineData(WireProtocol.Http1)]
    [InlineData(WireProtocol.Http2)]
    public async Task Response_HeaderOutsideAscii_ReachesTheClientByteForByte(WireProtocol protocol)
    {
        _backend.Response = $"HTTP/1.1 200 OK\r\nX-Name: {Utf8}\r\nLocation: /caf\u00e9\r\nContent-Type: text/plain; name=\u00ff\r\nETag: \"\u0080\"\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";

        var answer = await SendAsync(protocol, []);

        Assert.Equal(200, answer.Status);
        Assert.Equal(Utf8, answer.Headers["X-Name"]);
        Assert.Equal("/caf\u00e9", answer.Headers["Location"]);
        Assert.Equal("text/plain; name=\u00ff", answer.Headers["Content-Type"]);
        Assert.Equal("\"\u0080\"", answer.Headers["ETag"]);
        Assert.Equal("ok", answer.Body);
    }

    [Fact]
    public async Task Response_TrailerOutsideAscii_ReachesTheClientByteForByte()
    {
        _backend.Response = $"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-End\r\nConnection: close\r\n\r\n2\r\nok\r\n0\r\nX-End: {Utf8}\r\n\r\n";
        await using var client = await RawHttp2Client.ConnectAsync(_gateway.Http2, TestContext.Current.CancellationToken);

        var answer = await client.SendAsync(
            [(":method", "GET"), (":scheme", "http"), (":path", "/api/event?_id=agg_1"), (":authority", "x"), ("authorization", $"Bearer {_key}"), ("te", "trailers")],
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(200, answer.Status);
        Assert.Contains(("x-end", Utf8), answer.Trailers);
    }

    /// <summary>Every client was refused, since a few had sent a name with an accent.</summary>
    [Fact]
    public async Task Requests_OfOneClient_NeverMakeADestinationUnhealthy()
    {
        await using var gateway = await GatewayHost.StartAsync(_backend.Url,
            ("ReverseProxy:Clusters:events:HealthCheck:Passive:Enabled", "true"),
            ("ReverseProxy:Clusters:events:HealthCheck:Passive:Policy", "TransportFailureRate"),
            ("ReverseProxy:Clusters:events:Metadata:TransportFailureRateHealthPolicy.RateLimit", "0.01"));
        var key = (await gateway.WithAccountAsync("acme", ["agg_1"], new AccountLimit(1000, TimeSpan.FromMinutes(1)))).Reveal();
        (string, string)[][] odd =
        [
            [("X-Name", "Jos\u00e9")], [("X-Name", Utf8)], [("X Name", "a")], [("X-Name", "a\u0001b")], [("X-Eventicat-@", "a")],
            [("Content-Length", "+4")], [("Expect", "strange")], [("Transfer-Encoding", "gzip, chunked")], [("Host", "")],
        ];

        foreach (var protocol in Exchange.Protocols)
        {
            foreach (var headers in odd)
            {
                for (var time = 0; time < 3; time++)
                {
                    // Of some HTTP/2 makes a broken stream, for which no destination is asked.
                    var answer = await gateway.TrySendAsync(protocol, "GET", "/api/event?_id=agg_1", [("Authorization", $"Bearer {key}"), .. headers]);
                    Assert.InRange(answer?.Status ?? 400, 200, 499);
                }
            }
        }

        using var response = await gateway.GetAsync($"/api/event?_id=agg_1&_apikey={key}");
        Assert.Equal(200, (int)response.StatusCode);
    }

    private Task<RawAnswer> SendAsync(WireProtocol protocol, (string Name, string Value)[] headers, string? body = null) => _gateway.SendAsync(
        protocol, body is null ? "GET" : "POST", "/api/event?_id=agg_1", [("Authorization", $"Bearer {_key}"), .. headers], body);
}
