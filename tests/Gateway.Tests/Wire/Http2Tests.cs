using Eventicat.Gateway.Tests.Hosting;
using Eventicat.TestSupport;
using Eventicat.TestSupport.Http;

namespace Eventicat.Gateway.Tests.Wire;

/// <summary>Both ways to HTTP/2 lead to the same gateway.</summary>
public sealed class Http2Tests
{
    [Theory]
    [InlineData("http")]
    [InlineData("https")]
    public async Task Post_OverHttp2_IsForwardedAndAnswered(string scheme)
    {
        await using var backend = new RawBackend("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Long: " + new string('l', 300) + "\r\nConnection: close\r\n\r\nok");
        using var certificate = new TestCertificate();
        await using var gateway = await GatewayHost.StartAsync(backend.Url, certificate.Settings);
        var key = await gateway.WithAccountAsync("acme", ["agg_1"]);
        await using var client = await RawHttp2Client.ConnectAsync(scheme == "http" ? gateway.Http2 : gateway.Tls!, TestContext.Current.CancellationToken);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(number => client.SendAsync(
            [(":method", "POST"), (":scheme", scheme), (":authority", "localhost"), (":path", $"/api/event?_id=agg_1&n={number}"), ("authorization", $"Bearer {key.Reveal()}")],
            """{"name":"a"}""",
            cancellationToken: TestContext.Current.CancellationToken)));

        Assert.All(answers, answer =>
        {
            Assert.Equal((RawHttp2End.Answered, 200, "ok"), (answer.End, answer.Status, answer.Body));
            Assert.Equal(300, answer.Header("x-long")?.Length);
            Assert.NotNull(answer.Header("x-request-id"));
        });
        Assert.Equal(10, backend.Requests.Count(request => request.Contains("""{"name":"a"}""", StringComparison.Ordinal)));
    }
}
