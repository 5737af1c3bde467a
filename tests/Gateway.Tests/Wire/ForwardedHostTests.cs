using Eventicat.Gateway.Tests.Hosting;
using Eventicat.TestSupport.Http;

namespace Eventicat.Gateway.Tests.Wire;

/// <summary>The backend's host is the operator's choice. A client's is told in X-Forwarded-Host.</summary>
public sealed class ForwardedHostTests : IAsyncLifetime
{
    private readonly RawBackend _backend = new();
    private GatewayHost _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await GatewayHost.StartAsync(_backend.Url,
        ("ReverseProxy:Routes:plain:ClusterId", "events"), ("ReverseProxy:Routes:plain:Match:Path", "/plain"),
        ("ReverseProxy:Routes:plain:AuthorizationPolicy", "Anonymous"),
        ("ReverseProxy:Routes:original:ClusterId", "events"), ("ReverseProxy:Routes:original:Match:Path", "/original"),
        ("ReverseProxy:Routes:original:AuthorizationPolicy", "Anonymous"),
        ("ReverseProxy:Routes:original:Transforms:0:RequestHeaderOriginalHost", "true"),
        ("ReverseProxy:Routes:own:ClusterId", "events"), ("ReverseProxy:Routes:own:Match:Path", "/own"),
        ("ReverseProxy:Routes:own:AuthorizationPolicy", "Anonymous"),
        ("ReverseProxy:Routes:own:Transforms:0:RequestHeader", "Host"), ("ReverseProxy:Routes:own:Transforms:0:Set", "shop.example"),
        ("ReverseProxy:Routes:named:ClusterId", "named"), ("ReverseProxy:Routes:named:Match:Path", "/named"),
        ("ReverseProxy:Routes:named:AuthorizationPolicy", "Anonymous"),
        ("ReverseProxy:Clusters:named:Destinations:one:Address", _backend.Url), ("ReverseProxy:Clusters:named:Destinations:one:Host", "shop.example"));

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _backend.DisposeAsync();
    }

    public static TheoryData<WireProtocol, string> Hosts
    {
        get
        {
            var data = new TheoryData<WireProtocol, string>();
            foreach (var protocol in Exchange.Protocols)
            {
                foreach (var host in (string[])["x", "shop.example", "shop.example:8080", "xn--mnchen-3ya.de", "xn--caf-dma", "XN--MNCHEN-3YA.de", "a.xn--caf-dma.b:80", "[::1]:80"])
                {
                    data.Add(protocol, host);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task Host_OfTheClient_GoesOnOnlyWhereTheRouteSaysSo(WireProtocol protocol, string host)
    {
        Assert.Equal(_backend.Url["http://".Length..], await SendAsync(protocol, "/plain", host));
        Assert.Equal(host, await SendAsync(protocol, "/original", host));
        Assert.Equal("shop.example", await SendAsync(protocol, "/own", host));
        Assert.Equal("shop.example", await SendAsync(protocol, "/named", host));
    }

    [Theory]
    [InlineData(WireProtocol.Http1, "xn--mnchen-.de")]
    [InlineData(WireProtocol.Http2, "xn--mnchen-.de")]
    [InlineData(WireProtocol.Http1, "a.xn--.b:80")]
    [InlineData(WireProtocol.Http2, "xn--mnchen-3y&a.de")]
    public async Task Host_ThatIsNoPunycode_Gets400(WireProtocol protocol, string host)
    {
        int status;
        if (protocol == WireProtocol.Http1)
        {
            status = (await _gateway.SendAsync(protocol, "GET", "/plain", [("Host", host)])).Status;
        }
        else
        {
            await using var client = await RawHttp2Client.ConnectAsync(_gateway.Http2, TestContext.Current.CancellationToken);
            status = (await client.SendAsync(
                [(":method", "GET"), (":scheme", "http"), (":path", "/plain"), (":authority", host)], cancellationToken: TestContext.Current.CancellationToken)).Status;
        }

        Assert.Equal(400, status);
        Assert.Empty(_backend.Requests);
    }

    /// <returns>The one Host that the backend got.</returns>
    private async Task<string> SendAsync(WireProtocol protocol, string target, string host)
    {
        _backend.Requests.Clear();
        if (protocol == WireProtocol.Http1)
        {
            await _gateway.SendAsync(protocol, "GET", target, [("Host", host)]);
        }
        else
        {
            await using var client = await RawHttp2Client.ConnectAsync(_gateway.Http2, TestContext.Current.CancellationToken);
            await client.SendAsync(
                [(":method", "GET"), (":scheme", "http"), (":path", target), (":authority", host)], cancellationToken: TestContext.Current.CancellationToken);
        }

        var lines = Assert.Single(_backend.Requests).Split("\r\n");
        return Assert.Single(lines, line => line.StartsWith("Host:", StringComparison.OrdinalIgnoreCase))["Host: ".Length..];
    }
}
