using System.Net;
using System.Net.Sockets;
using Eventicat.Gateway.Tests.Hosting;
using Eventicat.TestSupport;
using Eventicat.TestSupport.Http;

namespace Eventicat.Gateway.Tests.Usage.Answering;

public sealed class MemoryUsageEndpointsTests : UsageEndpointsContract
{
    protected override (string Key, string? Value)[] Settings => [];

    [Fact]
    public async Task Keys_UsedSince_AreListedInPages()
    {
        var before = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        foreach (var account in new[] { "a", "b", "c" })
        {
            await SendAsync($"/api/event?_id=agg_{account}", await Gateway.WithAccountAsync(account, [$"agg_{account}"]), 200);
        }

        await Eventually.TrueAsync(async () => (await GetAsync($"/usage/keys?since={before}"))["keys"]!.AsArray().Count == 3);
        var first = await GetAsync("/usage/keys?limit=2");
        var second = await GetAsync($"/usage/keys?limit=2&after={first["next"]}");

        Assert.Equal(
            ["a", "b", "c"], first["keys"]!.AsArray().Concat(second["keys"]!.AsArray()).Select(key => (string)key!["account"]!));
        Assert.Equal(["account", "key", "used"], first["keys"]![0]!.AsObject().Select(member => member.Key));
        Assert.Null(second["next"]);
        Assert.Empty((await GetAsync($"/usage/keys?since={before + 3600}"))["keys"]!.AsArray());
    }

    [Fact]
    public async Task Answer_WithoutABody_IsForwardedAndAClientThatLeft_IsFailed()
    {
        await using var backend = new RawBackend("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var gateway = await GatewayHost.StartAsync(
            backend.Url, ("ReverseProxy:Routes:quick:ClusterId", "events"), ("ReverseProxy:Routes:quick:Match:Path", "/quick"),
            ("ReverseProxy:Routes:silent:ClusterId", "silent"), ("ReverseProxy:Routes:silent:Match:Path", "/silent"),
            ("ReverseProxy:Clusters:silent:Destinations:one:Address", $"http://{silent.LocalEndpoint}"));
        var key = await gateway.WithAccountAsync("acme", ["agg_1"]);
        using (var answered = await gateway.GetAsync("/quick?_id=agg_1", key))
        {
            Assert.Equal(204, (int)answered.StatusCode);
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, gateway.Address("/silent?_id=agg_1")) { Headers = { Authorization = new("Bearer", key.Reveal()) } };
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var waiting = gateway.Public.SendAsync(request, leaving.Token);
        using var forwarded = await silent.AcceptTcpClientAsync(Token);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        await Eventually.TrueAsync(async () =>
        {
            var usage = await gateway.Management.GetStringAsync(new Uri("/usage/acme", UriKind.Relative), Token);
            return usage.Contains("""{"forwarded":1,"failed":1}""", StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("/usage/keys?since=yesterday")]
    [InlineData("/usage/keys?since=-1")]
    [InlineData("/usage/keys?limit=x")]
    [InlineData("/usage/keys?after=YSBiIGM")]
    public async Task Keys_WrongParameter_Gets400(string path)
    {
        using var response = await Gateway.Management.GetAsync(new Uri(path, UriKind.Relative), Token);

        Assert.Equal(400, (int)response.StatusCode);
    }
}
