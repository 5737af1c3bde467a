using System.Globalization;
using Eventicat.Accounts;
using Eventicat.Gateway.Tests.Hosting;
using Eventicat.TestSupport.Http;

namespace Eventicat.Gateway.Tests.Wire;

/// <summary>The headers that go with every answer, the gateway's and the backend's.</summary>
public sealed class ResponseHeadersTests : IAsyncLifetime
{
    private const string BackendAnswer =
        "HTTP/1.1 418 I'm a teapot\r\nContent-Length: 2\r\nConnection: close\r\nX-RateLimit-Limit: 9\r\nx-ratelimit-other: 9\r\nRateLimit: 9\r\n"
        + "RateLimit-Policy: 9\r\nX-Request-Id: theirs\r\nAccess-Control-Allow-Origin: theirs\r\nX-Eventicat-Account: theirs\r\n"
        + "Server: theirs\r\nX-Powered-By: theirs\r\nRetry-After: 7\r\nX_Eventicat_Account: theirs\r\nX-Own: kept\r\n\r\nok";

    private readonly RawBackend _backend = new(BackendAnswer);
    private GatewayHost _gateway = null!;
    private ApiKey _key = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await GatewayHost.StartAsync(_backend.Url);
        _key = await _gateway.WithAccountAsync("acme", ["agg_1"], new AccountLimit(2, TimeSpan.FromSeconds(90)));
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _backend.DisposeAsync();
    }

    [Fact]
    public async Task Response_OfTheBackend_KeepsWhatIsItsAndLosesWhatIsOurs()
    {
        using var response = await _gateway.GetAsync("/api/event?_id=agg_1", _key);

        Assert.Equal(418, (int)response.StatusCode);
        Assert.DoesNotContain("theirs", response.Headers.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("9", response.Headers.GetValues("X-RateLimit-Limit"));
        Assert.False(response.Headers.Contains("X-RateLimit-Other"));
        Assert.Equal("kept", response.Headers.GetValues("X-Own").Single());
        Assert.Equal(7, response.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
        Assert.Null(response.Headers.CacheControl);
    }

    [Fact]
    public async Task Response_Authenticated_TellsTheLimit()
    {
        var before = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        using var response = await _gateway.GetAsync("/api/event?_id=agg_1", _key);

        Assert.Equal("2", Header(response, "X-RateLimit-Limit"));
        Assert.Equal("1", Header(response, "X-RateLimit-Remaining"));
        Assert.InRange(long.Parse(Header(response, "X-RateLimit-Reset"), CultureInfo.InvariantCulture), before + 90, before + 95);
        Assert.Equal("\"account\";q=2;w=90", Header(response, "RateLimit-Policy"));
        Assert.Matches("^\"account\";r=1;t=(90|89)$", Header(response, "RateLimit"));
        Assert.True(Guid.TryParse(Header(response, "X-Request-Id"), out var id));
        Assert.Equal(7, id.Version);
    }

    [Fact]
    public async Task Response_OverTheLimit_IsTheDocumentedOne()
    {
        for (var i = 0; i < 2; i++)
        {
            using var admitted = await _gateway.GetAsync("/api/event?_id=agg_1", _key);
        }

        using var response = await _gateway.GetAsync("/api/event?_id=agg_1", _key);

        Assert.Equal(429, (int)response.StatusCode);
        Assert.Equal(
            $$"""{"error":"Rate limit exceeded","limit":2,"remaining":0,"resetTime":{{Header(response, "X-RateLimit-Reset")}}}""",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.InRange(response.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 88, 90);
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType!.ToString());
    }

    [Fact]
    public async Task Limit_IsTheAccounts_NotTheKeys()
    {
        var second = await _gateway.WithAccountAsync("acme", []);
        foreach (var key in new[] { _key, second })
        {
            using var admitted = await _gateway.GetAsync("/api/event?_id=agg_1", key);
        }

        using var response = await _gateway.GetAsync("/api/event?_id=agg_1", second);

        Assert.Equal(429, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("/api/event?_id=agg_1", 418)]
    [InlineData("/api/event?_id=nope", 404)]
    [InlineData("/api/event?_id=agg_1&_apikey=wrong", 401)]
    [InlineData("/nowhere", 404)]
    [InlineData("/api/event?a=;_apikey=x", 400)]
    public async Task Browser_AnyAnswer_MayBeRead(string target, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _gateway.Address(target))
        {
            Headers = { { "Origin", "https://app.example.com" }, { "Authorization", $"Bearer {_key.Reveal()}" } },
        };
        using var response = await _gateway.Public.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("*", Header(response, "Access-Control-Allow-Origin"));
        Assert.Contains("X-RateLimit-Reset", Header(response, "Access-Control-Expose-Headers"), StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    [Fact]
    public async Task Browser_Preflight_IsAnsweredWithoutKeyAndQuota()
    {
        for (var i = 0; i < 5; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Options, _gateway.Address("/api/event?_id=agg_1"))
            {
                Headers =
                {
                    { "Origin", "https://app.example.com" }, { "Access-Control-Request-Method", "POST" },
                    { "Access-Control-Request-Headers", "authorization,content-type" },
                },
            };
            using var response = await _gateway.Public.SendAsync(request, TestContext.Current.CancellationToken);

            Assert.Equal(204, (int)response.StatusCode);
            Assert.Equal("*", Header(response, "Access-Control-Allow-Origin"));
            Assert.Equal("no-store", Header(response, "Cache-Control"));
            Assert.Contains("authorization", Header(response, "Access-Control-Allow-Headers"), StringComparison.OrdinalIgnoreCase);
        }

        Assert.Empty(_backend.Requests);
        using var first = await _gateway.GetAsync("/api/event?_id=agg_1", _key);
        Assert.Equal("1", Header(first, "X-RateLimit-Remaining"));
    }

    [Fact]
    public async Task Browser_FromAnOriginNotAllowed_GetsNoPermission()
    {
        await using var gateway = await GatewayHost.StartAsync(_backend.Url, ("Cors:AllowedOrigins:0", "https://app.example.com"));
        using var request = new HttpRequestMessage(HttpMethod.Get, gateway.Address("/api/event"))
        {
            Headers = { { "Origin", "https://evil.example.com" } },
        };
        using var response = await gateway.Public.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    private static string Header(HttpResponseMessage response, string name) => Assert.Single(response.Headers.GetValues(name));
}
