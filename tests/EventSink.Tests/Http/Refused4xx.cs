using System.Net;

namespace Eventicat.EventSink.Tests.Http;

public sealed class Refused4xx
{
    private const string Identity = """{"error":"Requests are accepted from the gateway only"}""";
    private const string TooLarge = """{"error":"Event too large","limitBytes":32768}""";

    [Theory]
    [InlineData("X-Eventicat-Account:acme")]
    [InlineData("X-Eventicat-Aggregator:agg_1")]
    [InlineData("X-Eventicat-Account:acme", "X-Eventicat-Aggregator:")]
    [InlineData("X-Eventicat-Account:ac me", "X-Eventicat-Aggregator:agg_1")]
    [InlineData("X-Eventicat-Account:acme,other", "X-Eventicat-Aggregator:agg_1")]
    [InlineData("X-Eventicat-Account:acme", "X-Eventicat-Account:acme", "X-Eventicat-Aggregator:agg_1")]
    [InlineData("X-Eventicat-Account:acme", "X-Eventicat-Aggregator:agg_1", "X-Eventicat-Aggregator:agg_2")]
    [InlineData("X_Eventicat_Account:acme", "X-Eventicat-Aggregator:agg_1")]
    [InlineData("X-Eventicat-Account:acme", "X-Eventicat-Aggregator:12345678901234567890123456789012345678901234567890123456789012345")]
    [InlineData("X-Eventicat-Account:acme", "X-Eventicat-Aggregator:agg_1", "X-Request-Id:r1", "X-Request-Id:r2")]
    public async Task Event_NotFromTheGateway_Is403(params string[] headers)
    {
        await using var sink = await SinkHost.StartAsync();
        foreach (var path in (string[])["/api/event?name=a", "/api/events"])
        {
            var request = new HttpRequestMessage(HttpMethod.Get, path);
            foreach (var header in headers)
            {
                request.Headers.TryAddWithoutValidation(header[..header.IndexOf(':', StringComparison.Ordinal)], header[(header.IndexOf(':', StringComparison.Ordinal) + 1)..]);
            }

            (await sink.SendAsync(request)).ShouldBe(HttpStatusCode.Forbidden, Identity);
        }

        Assert.Empty(await sink.NamesAsync());
    }

    [Fact]
    public async Task Event_RequestIdTooLong_Is403()
    {
        await using var sink = await SinkHost.StartAsync();
        (await sink.GetAsync("/api/event?name=a", new string('r', 129))).ShouldBe(HttpStatusCode.Forbidden, Identity);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api")]
    [InlineData("/api/event/x")]
    [InlineData("/health")]
    public async Task Any_UnknownPath_Is404(string path)
    {
        await using var sink = await SinkHost.StartAsync();
        (await sink.GetAsync(path)).ShouldBe(HttpStatusCode.NotFound, """{"error":"Not found"}""");
    }

    [Theory]
    [InlineData("PUT", "/api/event", "GET, POST")]
    [InlineData("DELETE", "/api/event", "GET, POST")]
    [InlineData("OPTIONS", "/api/event", "GET, POST")]
    [InlineData("POST", "/api/events", "GET")]
    [InlineData("POST", "/health/ready", "GET")]
    public async Task Any_WrongMethod_Is405WithAllow(string method, string path, string allow)
    {
        await using var sink = await SinkHost.StartAsync();
        var answer = await sink.SendAsync(SinkRequest.Create(new HttpMethod(method), path));
        answer.ShouldBe(HttpStatusCode.MethodNotAllowed, """{"error":"Method not allowed"}""");
        Assert.Equal(allow, string.Join(", ", answer.ContentHeaders.Allow));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task PostEvent_TooLarge_Is413(bool chunked)
    {
        await using var sink = await SinkHost.StartAsync();
        var request = SinkRequest.Create(HttpMethod.Post, "/api/event");
        request.Content = SinkRequest.Body($$"""{"name":"a","data":"{{new string('x', 32 * 1024)}}"}""", "application/json");
        request.Headers.TransferEncodingChunked = chunked;
        (await sink.SendAsync(request)).ShouldBe(HttpStatusCode.RequestEntityTooLarge, TooLarge);
        Assert.Empty(await sink.NamesAsync());
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/html")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task PostEvent_OtherContentType_Is415(string contentType)
    {
        await using var sink = await SinkHost.StartAsync();
        (await sink.PostAsync("""{"name":"a"}""", contentType)).ShouldBe(
            HttpStatusCode.UnsupportedMediaType, """{"error":"Content type must be application/json"}""");
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("identity, br")]
    public async Task PostEvent_Encoded_Is415(string encoding)
    {
        await using var sink = await SinkHost.StartAsync();
        var request = SinkRequest.Create(HttpMethod.Post, "/api/event");
        request.Content = SinkRequest.Body("""{"name":"a"}""", "application/json");
        request.Content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        (await sink.SendAsync(request)).ShouldBe(
            HttpStatusCode.UnsupportedMediaType, """{"error":"Content encoding is not supported"}""");
    }
}
