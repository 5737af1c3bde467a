using System.Globalization;
using Eventicat.Accounts;
using Eventicat.Gateway.Tests.Hosting;
using Eventicat.TestSupport.Http;

namespace Eventicat.Gateway.Tests.Wire;

/// <summary>Every answer of the gateway itself: status, body and headers, exactly.</summary>
public sealed class ErrorAnswersTests : IAsyncLifetime
{
    private const string InvalidKey = """{"error":"Invalid API key"}""";
    private const string InvalidAggregator = """{"error":"Invalid aggregator"}""";

    private readonly RawBackend _backend = new();
    private GatewayHost _gateway = null!;
    private ApiKey _key = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await GatewayHost.StartAsync(_backend.Url);
        _key = await _gateway.WithAccountAsync("acme", ["agg_1"]);
        await _gateway.WithAccountAsync("other", ["agg_2"]);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _backend.DisposeAsync();
    }

    [Theory]
    [InlineData("/api/event?_id=agg_1", null)]
    [InlineData("/api/event?_id=agg_1&_apikey=", null)]
    [InlineData("/api/event?_id=agg_1&_apikey", null)]
    [InlineData("/api/event?_id=agg_1&_apikey=unknown", null)]
    [InlineData("/api/event?_id=agg_1&_apikey=evc_00000000_0000000000000000000000000000000000000", null)]
    [InlineData("/api/event?_id=agg_1&_apikey=KEY&_apikey=other", null)]
    [InlineData("/api/event?_id=agg_1&_apikey=KEY%00", null)]
    [InlineData("/api/event?_id=agg_1&_apikey=KEY%0d%0aX:%20y", null)]
    [InlineData("/api/event?_id=agg_1&_apikey=%C3%A9", null)]
    [InlineData("/api/event?_id=agg_1&_apikey=KEY", "Bearer other")]
    [InlineData("/api/event?_id=agg_1&_apikey=", "Bearer KEY")]
    [InlineData("/api/event?_id=agg_1", "Bearer")]
    [InlineData("/api/event?_id=agg_1", "Bearer  ")]
    [InlineData("/api/event?_id=agg_1", "Bearer KEY, Bearer KEY")]
    [InlineData("/api/event?_id=agg_1", "Basic KEY")]
    [InlineData("/api/event?_id=agg_1", "KEY")]
    [InlineData("/api/events?_id=agg_1", null)]
    public async Task Credentials_MissingOrUnusable_GetOneAnswer(string target, string? header)
    {
        var answer = await SendAsync("GET", target, header);

        Assert.Equal(401, answer.Status);
        Assert.Equal(InvalidKey, answer.Body);
        Assert.Equal("Bearer realm=\"eventicat\"", answer.Headers["WWW-Authenticate"]);
        Assert.DoesNotContain(answer.Headers.Keys, name => name.Contains("RateLimit", StringComparison.OrdinalIgnoreCase));
        Assert.Empty(_backend.Requests);
    }

    [Fact]
    public async Task Credentials_RevokedExpiredOrDisabled_AreIndistinguishableFromUnknown()
    {
        var revoked = await _gateway.WithAccountAsync("one", ["agg_3"]);
        await _gateway.ChangeAsync("one", account => account! with { Keys = [account.Keys[0] with { Revoked = DateTimeOffset.UnixEpoch }] });
        var expired = await _gateway.WithAccountAsync("two", ["agg_4"]);
        await _gateway.ChangeAsync("two", account => account! with { Keys = [account.Keys[0] with { Expires = DateTimeOffset.UnixEpoch }] });
        var disabled = await _gateway.WithAccountAsync("three", ["agg_5"]);
        await _gateway.ChangeAsync("three", account => account! with { Disabled = true });

        var answers = new List<string>();
        foreach (var key in new[] { "unknown", revoked.Reveal(), expired.Reveal(), disabled.Reveal() })
        {
            answers.Add((await SendAsync("GET", $"/api/event?_id=agg_3&_apikey={key}", null)).Shape);
        }

        Assert.Single(answers.Distinct());
    }

    [Theory]
    [InlineData("/api/event")]
    [InlineData("/api/event?_id")]
    [InlineData("/api/event?_id=")]
    [InlineData("/api/event?_id=nope")]
    [InlineData("/api/event?_id=agg_2")]
    [InlineData("/api/event?_id=AGG_1")]
    [InlineData("/api/event?_id=agg_1%00")]
    [InlineData("/api/event?_id=%20agg_1")]
    public async Task Aggregator_NotTheAccounts_GetsOneAnswer(string target)
    {
        var answer = await SendAsync("GET", target, "Bearer KEY");

        Assert.Equal(404, answer.Status);
        Assert.Equal(InvalidAggregator, answer.Body);
        Assert.Equal("1000", answer.Headers["X-RateLimit-Limit"]);
        Assert.Empty(_backend.Requests);
    }

    [Theory]
    [InlineData("GET", "/api/event?_id=agg_1&_id=agg_1", 400, """{"error":"Parameter _id given more than once"}""")]
    [InlineData("GET", "/api/event?_id=agg_1&%5FID=agg_2", 400, """{"error":"Parameter _id given more than once"}""")]
    [InlineData("GET", "/api/event?_id=agg_1;_id=agg_2", 400, """{"error":"Parameter _id given more than once"}""")]
    [InlineData("GET", "/api/event?_id=agg_1&.id=agg_2", 400, """{"error":"Parameter _id given more than once"}""")]
    [InlineData("GET", "/api/event?_id=agg_1&%2Eid=agg_2", 400, """{"error":"Parameter _id given more than once"}""")]
    [InlineData("GET", "/api/event?.ID=agg_2&_id=agg_1", 400, """{"error":"Parameter _id given more than once"}""")]
    [InlineData("GET", "/api/event?_id=agg_1&_id%00=agg_2", 400, """{"error":"Parameter _id given more than once"}""")]
    [InlineData("GET", "/api/event?_id=agg_1&_id%00x=agg_2", 400, """{"error":"Parameter _id given more than once"}""")]
    [InlineData("GET", "/api/event?_id=agg_1&+_id=agg_2", 400, """{"error":"Parameter _id given more than once"}""")]
    [InlineData("GET", "/api/event?_id=agg_1&%20+_id=agg_2", 400, """{"error":"Parameter _id given more than once"}""")]
    [InlineData("GET", "/api/event?_id=agg_1&_id[]=agg_2", 400, """{"error":"Parameter _id given more than once"}""")]
    [InlineData("GET", "/api/event?_id=agg_1&_id%5Bx%5D=agg_2", 400, """{"error":"Parameter _id given more than once"}""")]
    [InlineData("GET", "/api/event?.id=agg_1", 404, """{"error":"Invalid aggregator"}""")]
    [InlineData("GET", "/api/event?_id=agg_1;_apikey=KEY", 400, """{"error":"Malformed query"}""")]
    [InlineData("GET", "/api/event?_id=agg_1%3b_APIkey=KEY", 400, """{"error":"Malformed query"}""")]
    [InlineData("GET", "/api/event?_id=agg_1#x", 400, """{"error":"Malformed query"}""")]
    [InlineData("GET", "/api/event#?_apikey=KEY", 400, """{"error":"Malformed query"}""")]
    [InlineData("GET", "/", 404, """{"error":"Not found"}""")]
    [InlineData("GET", "/apievent?_apikey=KEY", 404, """{"error":"Not found"}""")]
    [InlineData("GET", "/health/ready", 404, """{"error":"Not found"}""")]
    [InlineData("TRACE", "/api/event?_id=agg_1", 405, """{"error":"Method not allowed"}""")]
    [InlineData("get", "/api/event?_id=agg_1", 405, """{"error":"Method not allowed"}""")]
    [InlineData("head", "/api/event?_id=agg_1", 405, """{"error":"Method not allowed"}""")]
    [InlineData("TRACE", "/nothing", 405, """{"error":"Method not allowed"}""")]
    public async Task Request_ThatIsWrong_GetsItsAnswer(string method, string target, int status, string body)
    {
        var answer = await SendAsync(method, target, "Bearer KEY");

        Assert.Equal(status, answer.Status);
        Assert.Equal(body, answer.Body);
        Assert.Empty(_backend.Requests);
    }

    [Fact]
    public async Task Line_LongerThanTheLimit_Gets414()
    {
        var answer = await SendAsync("GET", $"/api/event?_id=agg_1&x={new string('x', 8192)}", "Bearer KEY");

        Assert.Equal(414, answer.Status);
        Assert.Equal("""{"error":"URI too long"}""", answer.Body);
    }

    [Theory]
    [InlineData(65, 10)]
    [InlineData(20, 1000)]
    public async Task Headers_TooManyOrTooLong_Get431(int count, int length)
    {
        var headers = string.Concat(Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"X-H{i}: {new string('x', length)}\r\n")));

        var answer = await SendAsync("GET", "/api/event?_id=agg_1", "Bearer KEY", headers);

        Assert.Equal(431, answer.Status);
        Assert.Equal("""{"error":"Request header fields too large"}""", answer.Body);
    }

    [Fact]
    public async Task Body_DeclaredTooLarge_Gets413WithoutBeingRead()
    {
        var answer = await SendAsync("POST", "/api/event?_id=agg_1", "Bearer KEY", "Content-Length: 5242881\r\n");

        Assert.Equal(413, answer.Status);
        Assert.Equal("""{"error":"Payload too large"}""", answer.Body);
    }

    /// <summary>With a length and in chunks: a route's own limit takes the place of the one for all.</summary>
    [Theory]
    [InlineData("2000", 1500, 200)]
    [InlineData("2000", 2500, 413)]
    [InlineData("500", 700, 413)]
    [InlineData("-1", 50_000, 200)]
    [InlineData(null, 1500, 413)]
    public async Task Body_OfARouteWithALimitOfItsOwn_IsHeldToThat(string? routeLimit, int length, int status)
    {
        await using var gateway = await GatewayHost.StartAsync(
            _backend.Url, ("Limits:BodyBytes", "1000"), ("ReverseProxy:Routes:up:ClusterId", "events"), ("ReverseProxy:Routes:up:Match:Path", "/up"),
            ("ReverseProxy:Routes:up:MaxRequestBodySize", routeLimit));
        var key = await gateway.WithAccountAsync("acme", ["agg_1"]);
        foreach (var isChunked in (bool[])[false, true])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, gateway.Address("/up?_id=agg_1"))
            {
                Content = new ByteArrayContent(new byte[length]),
                Headers = { TransferEncodingChunked = isChunked, Authorization = new("Bearer", key.Reveal()) },
            };

            using var response = await gateway.Public.SendAsync(request, TestContext.Current.CancellationToken);

            Assert.Equal(status, (int)response.StatusCode);
        }
    }

    [Fact]
    public async Task Body_TooLargeInChunks_Gets413()
    {
        await using var gateway = await GatewayHost.StartAsync(_backend.Url, ("Limits:BodyBytes", "1000"));
        var key = await gateway.WithAccountAsync("acme", ["agg_1"]);
        using var request = new HttpRequestMessage(HttpMethod.Post, gateway.Address("/api/event?_id=agg_1"))
        {
            Content = new StreamContent(new MemoryStream(new byte[100_000])),
            Headers = { TransferEncodingChunked = true, Authorization = new("Bearer", key.Reveal()) },
        };

        using var response = await gateway.Public.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(413, (int)response.StatusCode);
        Assert.Equal("""{"error":"Payload too large"}""", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(Scopes.Ingest, "/api/events?_id=agg_9", "Bearer KEY", 403, """{"error":"API key lacks the scope for this request"}""")]
    [InlineData(Scopes.Read, "/api/event?_id=agg_9", "Bearer KEY", 403, """{"error":"API key lacks the scope for this request"}""")]
    [InlineData(Scopes.None, "/api/event?_id=agg_9", "Bearer KEY", 403, """{"error":"API key lacks the scope for this request"}""")]
    [InlineData(Scopes.All, "/api/events?_id=agg_9&_apikey=KEY", "Bearer KEY", 403, """{"error":"Reading needs the API key in the Authorization header"}""")]
    [InlineData(Scopes.Read, "/api/events?_id=agg_9", "Bearer KEY", 200, "ok")]
    [InlineData(Scopes.Ingest, "/api/event?_id=agg_9&_apikey=KEY", null, 200, "ok")]
    public async Task Scope_OfTheKey_DecidesOnRoutes(Scopes scopes, string target, string? header, int status, string body)
    {
        var key = await _gateway.WithAccountAsync("scoped", ["agg_9"], scopes: scopes);

        var answer = await SendAsync("GET", target, header, key: key);

        Assert.Equal(status, answer.Status);
        Assert.Equal(body, answer.Body);
    }

    [Fact]
    public async Task PlainHttp_WhereHttpsIsRequired_Gets403AndNoRedirect()
    {
        await using var gateway = await GatewayHost.StartAsync(_backend.Url, ("Credentials:RequireHttps", "true"));
        var key = await gateway.WithAccountAsync("acme", ["agg_1"]);

        using var response = await gateway.GetAsync($"/api/event?_id=agg_1&_apikey={key.Reveal()}");

        Assert.Equal(403, (int)response.StatusCode);
        Assert.Null(response.Headers.Location);
        Assert.Equal("""{"error":"HTTPS required"}""", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Backend_Unreachable_Gets502WithoutExceptionText()
    {
        await using var gateway = await GatewayHost.StartAsync("http://127.0.0.1:1");
        var key = await gateway.WithAccountAsync("acme", ["agg_1"]);

        using var response = await gateway.GetAsync("/api/event?_id=agg_1", key);

        Assert.Equal(502, (int)response.StatusCode);
        Assert.Equal("""{"error":"Backend unreachable"}""", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.True(response.Headers.Contains("X-RateLimit-Limit"));
        await gateway.StopAsync();
        var log = gateway.Log.ToString();
        Assert.Contains("Cluster \"events\" destination \"sink\" failed: Request, \"ConnectionRefused\"", log.Replace("\\", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("/api/event?", log, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backend_TooSlow_Gets504()
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        await using var gateway = await GatewayHost.StartAsync(
            $"http://{silent.LocalEndpoint}", ("ReverseProxy:Clusters:events:HttpRequest:ActivityTimeout", "00:00:00.200"));
        var key = await gateway.WithAccountAsync("acme", ["agg_1"]);

        using var response = await gateway.GetAsync("/api/event?_id=agg_1", key);

        Assert.Equal(504, (int)response.StatusCode);
        Assert.Equal("""{"error":"Backend too slow"}""", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private async Task<RawAnswer> SendAsync(string method, string target, string? header, string headers = "", ApiKey? key = null)
    {
        var text = (key ?? _key).Reveal();
        var authorization = header is null ? "" : $"Authorization: {header.Replace("KEY", text, StringComparison.Ordinal)}\r\n";
        return RawAnswer.Parse(await RawClient.SendAsync(
            _gateway.Public.BaseAddress!,
            $"{method} {target.Replace("KEY", text, StringComparison.Ordinal)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{authorization}{headers}\r\n",
            TestContext.Current.CancellationToken));
    }
}
