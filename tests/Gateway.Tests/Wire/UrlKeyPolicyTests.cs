using Eventicat.Accounts;
using Eventicat.Gateway.Tests.Hosting;
using Eventicat.TestSupport;
using Eventicat.TestSupport.Http;

namespace Eventicat.Gateway.Tests.Wire;

/// <summary>Keys in URLs: the gateway's policy, an account's exception from it, and every place a key can be in.</summary>
public sealed class UrlKeyPolicyTests : IAsyncLifetime
{
    private const string BackendAnswer =
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\nDeprecation: @1\r\n"
        + "Link: </a,b>; rel=\"next\", </old>; rel=deprecation\r\nLink: </older>; title=\"a, b\"; rel=\"help Deprecation\"\r\n\r\nok";

    private static readonly (string, string?)[] Notice =
        [("Credentials:UrlKeysLink", "https://example.com/url keys"), ("Credentials:UrlKeysDeprecated", "2026-01-01T00:00:00Z")];

    private readonly RawBackend _backend = new();

    public static TheoryData<UrlKeyPolicy, UrlKeyPolicy?, string> Cells { get; } =
    [
        .. from gateway in Enum.GetValues<UrlKeyPolicy>()
           from account in new UrlKeyPolicy?[] { null, UrlKeyPolicy.Allow, UrlKeyPolicy.Warn, UrlKeyPolicy.Refuse }
           from place in new[] { "url", "header", "both" }
           select new TheoryDataRow<UrlKeyPolicy, UrlKeyPolicy?, string>(gateway, account, place),
    ];

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _backend.DisposeAsync();

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Key_InAPlace_IsTreatedAsGatewayAndAccountSay(UrlKeyPolicy policy, UrlKeyPolicy? own, string place)
    {
        await using var gateway = await GatewayHost.StartAsync(_backend.Url, [("Credentials:UrlKeys", policy.ToString()), .. Notice]);
        var key = (await gateway.WithAccountAsync("acme", ["agg_1"])).Reveal();
        await gateway.ChangeAsync("acme", account => account! with { UrlKeys = own });
        var inForce = place == "header" ? UrlKeyPolicy.Allow : own ?? policy;

        var answer = await SendAsync(gateway, key, place);

        if (inForce == UrlKeyPolicy.Refuse)
        {
            Assert.Equal((await SendAsync(gateway, "unknown", place)).Shape, answer.Shape);
            Assert.Equal(401, answer.Status);
            Assert.Empty(_backend.Requests);
            Assert.Equal("999", (await SendAsync(gateway, key, "header")).Headers["X-RateLimit-Remaining"]);
        }
        else
        {
            Assert.Equal(200, answer.Status);
            Assert.Single(_backend.Requests);
        }

        Assert.Equal(inForce == UrlKeyPolicy.Warn ? "@1767225600" : null, answer.Headers.GetValueOrDefault("Deprecation"));
        Assert.Equal(
            inForce == UrlKeyPolicy.Warn ? "<https://example.com/url%20keys>; rel=\"deprecation\"; type=\"text/html\"" : null,
            answer.Headers.GetValueOrDefault("Link"));
    }

    [Theory]
    [InlineData("_id=nope", 404)]
    [InlineData("_id=agg_1&_id=agg_1", 400)]
    public async Task Warn_IsOnTheGatewaysOwnAnswersToo(string query, int status)
    {
        await using var gateway = await GatewayHost.StartAsync(_backend.Url, [("Credentials:UrlKeys", "warn"), .. Notice]);
        var key = await gateway.WithAccountAsync("acme", ["agg_1"]);

        using var response = await gateway.GetAsync($"/api/event?{query}&_apikey={key.Reveal()}");

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("@1767225600", response.Headers.GetValues("Deprecation").Single());
    }

    [Fact]
    public async Task Warn_BackendHasTheSameHeaders_OursStandAloneAndItsOtherLinksStay()
    {
        _backend.Response = BackendAnswer;
        await using var gateway = await GatewayHost.StartAsync(_backend.Url, [("Credentials:UrlKeys", "Warn"), .. Notice]);
        var key = await gateway.WithAccountAsync("acme", ["agg_1"]);

        using var warned = await gateway.GetAsync($"/api/event?_id=agg_1&_apikey={key.Reveal()}");
        using var other = await gateway.GetAsync("/api/event?_id=agg_1", key);

        Assert.Equal(["@1767225600"], warned.Headers.GetValues("Deprecation"));
        Assert.Equal(
            ["</a,b>; rel=\"next\"", "<https://example.com/url%20keys>; rel=\"deprecation\"; type=\"text/html\""],
            warned.Headers.GetValues("Link"));
        Assert.Equal(["@1"], other.Headers.GetValues("Deprecation"));
    }

    [Fact]
    public async Task Warn_WithoutDateAndLink_NamesTheStartOfTheProcess()
    {
        var before = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        await using var gateway = await GatewayHost.StartAsync(_backend.Url, ("Credentials:UrlKeys", "Warn"));
        var after = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var key = (await gateway.WithAccountAsync("acme", ["agg_1"])).Reveal();

        var answer = await SendAsync(gateway, key, "url");

        Assert.InRange(long.Parse(answer.Headers["Deprecation"][1..], System.Globalization.CultureInfo.InvariantCulture), before, after);
        Assert.False(answer.Headers.ContainsKey("Link"));
    }

    [Fact]
    public async Task Warn_InABrowser_MayBeRead()
    {
        await using var gateway = await GatewayHost.StartAsync(_backend.Url, ("Credentials:UrlKeys", "Warn"));
        using var request = new HttpRequestMessage(HttpMethod.Get, gateway.Address("/api/event")) { Headers = { { "Origin", "https://a.example" } } };
        using var response = await gateway.Public.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Contains("Deprecation,Link", string.Join(',', response.Headers.GetValues("Access-Control-Expose-Headers")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuse_SetAndLifted_IsInForceWithinASecond()
    {
        await using var gateway = await GatewayHost.StartAsync(_backend.Url);
        var key = (await gateway.WithAccountAsync("acme", ["agg_1"])).Reveal();
        Assert.Equal(200, (await SendAsync(gateway, key, "url")).Status);

        foreach (var (policy, status) in new[] { (UrlKeyPolicy.Refuse, 401), (UrlKeyPolicy.Warn, 200), (UrlKeyPolicy.Refuse, 401) })
        {
            await gateway.ChangeAsync("acme", account => account! with { UrlKeys = policy });
            await Eventually.TrueAsync(async () => (await SendAsync(gateway, key, "url")).Status == status, TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public async Task Refuse_ForAnAccountNotSeenForLong_IsInForceWithItsFirstRequest()
    {
        await using var redis = await TestSupport.Redis.RedisServer.StartAsync(TestContext.Current.CancellationToken);
        await using var gateway = await GatewayHost.StartAsync(
            _backend.Url, ("Accounts:File", ""), ("Redis:Connection", redis.Connection), ("RateLimit:Deadline", "00:00:05"));
        var key = (await gateway.WithAccountAsync("acme", ["agg_1"])).Reveal();
        Assert.Equal(200, (await SendAsync(gateway, key, "url")).Status);

        await gateway.ChangeAsync("acme", account => account! with { UrlKeys = UrlKeyPolicy.Refuse });

        Assert.Equal(401, (await SendAsync(gateway, key, "url")).Status);
        Assert.Equal("998", (await SendAsync(gateway, key, "header")).Headers["X-RateLimit-Remaining"]);
        await gateway.ChangeAsync("acme", account => account! with { UrlKeys = UrlKeyPolicy.Allow });
        await Eventually.TrueAsync(async () => (await SendAsync(gateway, key, "url")).Status == 200, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Refuse_OnARouteWithoutKeys_ChangesNothing()
    {
        await using var gateway = await GatewayHost.StartAsync(
            _backend.Url, ("Credentials:UrlKeys", "Refuse"), ("ReverseProxy:Routes:open:ClusterId", "events"),
            ("ReverseProxy:Routes:open:Match:Path", "/status"), ("ReverseProxy:Routes:open:AuthorizationPolicy", "Anonymous"));

        using var response = await gateway.GetAsync("/status?_apikey=x");

        Assert.Equal(200, (int)response.StatusCode);
    }

    private static async Task<RawAnswer> SendAsync(GatewayHost gateway, string key, string place)
    {
        var query = place == "header" ? "" : $"&_apikey={key}";
        var header = place == "url" ? "" : $"Authorization: Bearer {key}\r\n";
        return RawAnswer.Parse(await RawClient.SendAsync(
            gateway.Public.BaseAddress!,
            $"GET /api/event?_id=agg_1{query} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{header}\r\n",
            TestContext.Current.CancellationToken));
    }
}
