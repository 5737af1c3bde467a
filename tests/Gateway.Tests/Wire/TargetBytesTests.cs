using System.Text;
using Eventicat.Gateway.Tests.Hosting;
using Eventicat.TestSupport.Http;

namespace Eventicat.Gateway.Tests.Wire;

/// <summary>
/// A target that is not visible ASCII ends at the gateway: the client library behind it would send bytes of an earlier
/// request in place of those that it cannot write.
/// </summary>
public sealed class TargetBytesTests : IAsyncLifetime
{
    private readonly RawBackend _backend = new();
    private GatewayHost _gateway = null!;
    private string _key = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await GatewayHost.StartAsync(_backend.Url,
            ("ReverseProxy:Routes:keyed:ClusterId", "events"), ("ReverseProxy:Routes:keyed:Match:Path", "/api/{**rest}"),
            ("ReverseProxy:Routes:open:ClusterId", "events"), ("ReverseProxy:Routes:open:Match:Path", "/open/{**rest}"),
            ("ReverseProxy:Routes:open:AuthorizationPolicy", "Anonymous"));
        _key = (await _gateway.WithAccountAsync("acme", ["agg_1"])).Reveal();
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _backend.DisposeAsync();
    }

    public static TheoryData<string, string> Targets
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var wrong in (string[])["\u0001", "\t", " ", "\u007f", "\u0080", "\u00a0", "\u00e9", "\u00ff", "#", "\u00c3\u00a9"])
            {
                var name = string.Join(' ', Encoding.Latin1.GetBytes(wrong).Select(code => $"{code:x2}"));
                data.Add(name, $"/api/event?_id=agg_1&name=a{wrong}b");
                data.Add(name, $"/api/a{wrong}b?_id=agg_1");
                data.Add(name, $"/open/a{wrong}b");
                data.Add(name, $"/open/a?x{wrong}y");
            }

            return data;
        }
    }

    /// <summary>Of a byte above 0x7F in the path Kestrel makes a broken stream, without an answer.</summary>
    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Target_WithAnythingButVisibleAscii_IsRefusedOverHttp2(string bytes, string target)
    {
        var answer = await _gateway.TrySendAsync(WireProtocol.Http2, "GET", target, [("authorization", $"Bearer {_key}")]);

        Assert.Empty(_backend.Requests);
        if (answer is null)
        {
            Assert.Contains(target.Split('?')[0], letter => letter > '\u007f');
            return;
        }

        Assert.True(answer.Status == 400, $"{bytes}: {answer.Status}");
        Assert.Equal("""{"error":"Malformed query"}""", answer.Body);
        Assert.DoesNotContain("X-RateLimit-Limit", answer.Headers.Keys);
    }

    /// <summary>Kestrel's parser refuses some of them itself, with the same status and no body.</summary>
    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Target_WithAnythingButVisibleAscii_IsRefusedOverHttp1(string bytes, string target)
    {
        var answer = await _gateway.SendAsync(WireProtocol.Http1, "GET", target, [("Authorization", $"Bearer {_key}")]);

        Assert.True(answer.Status is 400, $"{bytes}: {answer.Status}");
        Assert.Empty(_backend.Requests);
    }

    [Fact]
    public async Task Target_Refused_LeavesTheConnectionToOthers()
    {
        await using var client = await RawHttp2Client.ConnectAsync(_gateway.Http2, TestContext.Current.CancellationToken);
        (string, string)[] Request(string path) =>
            [(":method", "GET"), (":scheme", "http"), (":path", path), (":authority", "x"), ("authorization", $"Bearer {_key}")];

        var refused = await client.SendAsync(Request("/api/event?_id=agg_1&x=\u00ff"), cancellationToken: TestContext.Current.CancellationToken);
        var served = await client.SendAsync(Request("/api/event?_id=agg_1&x=y"), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(400, refused.Status);
        Assert.Equal(200, served.Status);
        Assert.StartsWith("GET /api/event?_id=agg_1&x=y HTTP/1.1\r\n", Assert.Single(_backend.Requests), StringComparison.Ordinal);
    }
}
