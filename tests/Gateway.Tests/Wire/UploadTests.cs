using System.Net.Sockets;
using System.Text;
using Eventicat.Accounts;
using Eventicat.Gateway.Tests.Hosting;
using Eventicat.TestSupport.Http;

namespace Eventicat.Gateway.Tests.Wire;

/// <summary>Bodies that a backend will not have, a client does not send, or in which nothing happens.</summary>
public sealed class UploadTests : IAsyncDisposable
{
    private const int LongBody = 8_000_000;

    private readonly TcpBackend _backend = new(ServeAsync);

    public ValueTask DisposeAsync() => _backend.DisposeAsync();

    /// <summary>Many servers do so with what is too large for them, or not allowed.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(30_000)]
    [InlineData(200_000)]
    [InlineData(LongBody)]
    public async Task Body_ThatABackendRefusesByClosing_DoesNotTakeTheBackendOut(int length)
    {
        await using var gateway = await StartAsync(activityTimeout: "00:00:30");
        var key = await AccountAsync(gateway);
        for (var upload = 0; upload < 20; upload++)
        {
            using var refused = await UploadAsync(gateway, key, "closing", length);
            Assert.Equal(502, (int)refused.StatusCode);
            Assert.Equal("""{"error":"Backend ended the request"}""", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        using var answer = await gateway.GetAsync("/api/event?_id=agg_1", key);

        Assert.Equal(200, (int)answer.StatusCode);
    }

    /// <summary>Nothing to say is no failure; what a stream may be silent for is the cluster's <c>ActivityTimeout</c>.</summary>
    [Fact]
    public async Task Answer_InWhichNothingHappens_DoesNotTakeTheBackendOut()
    {
        await using var gateway = await StartAsync(activityTimeout: "00:00:00.300");
        var key = await AccountAsync(gateway);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ => await Assert.ThrowsAnyAsync<HttpRequestException>(
            async () => await gateway.GetAsync("/api/event?_id=agg_1&quiet", key))));

        using var answer = await gateway.GetAsync("/api/event?_id=agg_1", key);

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.DoesNotContain(gateway.Log.Rendered, line => line.Contains("destination", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Body_WithAChunkThatIsNone_WritesNoMoreThanItsLine()
    {
        await using var gateway = await StartAsync(activityTimeout: "00:00:30");
        var key = await AccountAsync(gateway);

        var answer = await RawClient.SendAsync(
            gateway.Public.BaseAddress!,
            $"POST /api/event?_id=agg_1 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nAuthorization: Bearer {key.Reveal()}\r\n\r\n5\r\nabcde\r\nzz\r\n",
            TestContext.Current.CancellationToken);

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        await gateway.StopAsync();
        Assert.DoesNotContain(gateway.Log.Rendered, line => line.Contains("draining", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Body_ThatABackendNeverReads_Gets504()
    {
        await using var gateway = await StartAsync(activityTimeout: "00:00:00.500");

        using var answer = await UploadAsync(gateway, await AccountAsync(gateway), "never", LongBody);

        Assert.Equal(504, (int)answer.StatusCode);
        Assert.Equal("""{"error":"Backend too slow"}""", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Body_ThatAClientDoesNotSend_Gets408()
    {
        await using var gateway = await StartAsync(activityTimeout: "00:00:00.500");
        var key = await AccountAsync(gateway);
        using var client = new TcpClient();
        await client.ConnectAsync(gateway.Public.BaseAddress!.Host, gateway.Public.BaseAddress.Port, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes($"POST /api/event?_id=agg_1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 4\r\nAuthorization: Bearer {key.Reveal()}\r\n\r\nha"),
            TestContext.Current.CancellationToken);

        using var reader = new StreamReader(client.GetStream());
        var answer = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        Assert.EndsWith("""{"error":"Request body too slow"}""", answer, StringComparison.Ordinal);
    }

    private Task<GatewayHost> StartAsync(string activityTimeout) => GatewayHost.StartAsync(
        _backend.Url,
        ("Limits:BodyBytes", "100000000"),
        ("ReverseProxy:Clusters:events:HttpRequest:ActivityTimeout", activityTimeout),
        ("ReverseProxy:Clusters:events:HealthCheck:Passive:Enabled", "true"),
        ("ReverseProxy:Clusters:events:HealthCheck:Passive:Policy", "TransportFailureRate"),
        ("ReverseProxy:Clusters:events:HealthCheck:AvailableDestinationsPolicy", "HealthyAndUnknown"));

    private static Task<ApiKey> AccountAsync(GatewayHost gateway) => gateway.WithAccountAsync("acme", ["agg_1"], new AccountLimit(1000, TimeSpan.FromMinutes(1)));

    private static async Task<HttpResponseMessage> UploadAsync(GatewayHost gateway, ApiKey key, string kind, int length)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, gateway.Address($"/api/event?_id=agg_1&{kind}"))
        {
            Content = new ByteArrayContent(new byte[length]),
            Headers = { Authorization = new("Bearer", key.Reveal()) },
        };
        return await gateway.Public.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Never reads a body: closes, or does nothing; or begins an answer and leaves it at that.</summary>
    private static async Task ServeAsync(TcpClient client, CancellationToken cancellationToken)
    {
        var buffer = new byte[4096];
        var read = await client.GetStream().ReadAsync(buffer, cancellationToken);
        var head = Encoding.Latin1.GetString(buffer, 0, read);
        if (head.Contains("closing", StringComparison.Ordinal))
        {
            return;
        }

        if (head.StartsWith("POST", StringComparison.Ordinal))
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }

        if (head.Contains("quiet", StringComparison.Ordinal))
        {
            await client.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n.\r\n"u8.ToArray(), cancellationToken);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }

        await client.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"u8.ToArray(), cancellationToken);
    }
}
