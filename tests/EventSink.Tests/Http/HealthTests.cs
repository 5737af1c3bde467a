using System.Net;

namespace Eventicat.EventSink.Tests.Http;

public sealed class HealthTests
{
    [Theory]
    [InlineData("/health/live", """{"status":"live"}""")]
    [InlineData("/health/ready", """{"status":"ready","listeners":"ok","settings":"ok","lifetime":"running","log":"ok","store":"ready"}""")]
    public async Task Health_Running_NeedsNoIdentity(string path, string body)
    {
        await using var sink = await SinkHost.StartAsync();
        (await sink.SendAsync(new HttpRequestMessage(HttpMethod.Get, path))).ShouldBe(HttpStatusCode.OK, body);
    }
}
