using System.Text.Json.Nodes;
using Eventicat.Accounts;
using Eventicat.Gateway.Tests.Hosting;
using Eventicat.TestSupport;
using Eventicat.TestSupport.Http;

namespace Eventicat.Gateway.Tests.Usage.Answering;

/// <summary>What the management listener tells about accounts, over the wire, whatever the store.</summary>
public abstract class UsageEndpointsContract : IAsyncLifetime
{
    private readonly RawBackend _backend = new();

    private protected GatewayHost Gateway { get; private set; } = null!;

    protected abstract (string Key, string? Value)[] Settings { get; }

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public virtual async ValueTask InitializeAsync() => Gateway = await GatewayHost.StartAsync(_backend.Url, Settings);

    public virtual async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await _backend.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Account_EveryOutcome_IsCountedAsWhatItWas()
    {
        var before = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var key = await Gateway.WithAccountAsync("acme", ["agg_1"], new AccountLimit(8, TimeSpan.FromMinutes(10)));
        var ingest = await Gateway.WithAccountAsync("acme", [], scopes: Scopes.Ingest);
        var url = $"&_apikey={key.Reveal()}";
        await SendAsync("/api/event?_id=agg_1", key, 200);
        await SendAsync($"/api/event?_id=agg_1{url}", null, 200);
        await SendAsync($"/api/event?_id=agg_1{url}", key, 200);
        await SendAsync("/api/event?_id=nope", key, 404);
        await SendAsync("/api/event?_id=agg_1&_id=agg_1", key, 400);
        await SendAsync("/api/events?_id=agg_1", ingest, 403);
        await SendAsync($"/api/events?_id=agg_1{url}", null, 403);
        _backend.Response = "";
        await SendAsync("/api/event?_id=agg_1", key, 502);
        await SendAsync("/api/event?_id=agg_1", key, 429);
        await SendAsync("/api/event?_id=agg_1&_apikey=unknown", null, 401);
        await SendAsync("/nowhere", key, 404);

        var usage = await UsageAsync("acme", total: 9);

        Assert.Equal(["account", "window", "minutes", "hours", "keys"], usage.Select(member => member.Key));
        Assert.Equal("acme", (string?)usage["account"]);
        Assert.Equal((3, 1, 4, 1, 0, 3), Sum(usage["minutes"]!));
        Assert.Equal((3, 1, 4, 1, 0, 3), Sum(usage["hours"]!));
        Assert.All(usage["minutes"]!.AsArray(), minute => Assert.InRange((long)minute!["time"]!, before - 60, before + 60));
        Assert.All(usage["minutes"]!.AsArray(), minute => Assert.Equal(0, (long)minute!["time"]! % 60));
        Assert.All(usage["hours"]!.AsArray(), hour => Assert.Equal(0, (long)hour!["time"]! % 3600));
        Assert.DoesNotContain("refused", usage["minutes"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(2, usage["keys"]!.AsObject().Count);
        Assert.All(usage["keys"]!.AsObject(), used => Assert.InRange((long)used.Value!, before, before + 60));
    }

    [Fact]
    public async Task Account_KeyInUrlRefused_IsCountedAsThatAndCostsNothing()
    {
        var key = await Gateway.WithAccountAsync("acme", ["agg_1"]);
        await Gateway.ChangeAsync("acme", account => account! with { UrlKeys = UrlKeyPolicy.Refuse });
        await SendAsync($"/api/event?_id=agg_1&_apikey={key.Reveal()}", key, 401);

        var usage = await UsageAsync("acme", total: 1);

        Assert.Equal((0, 0, 0, 0, 1, 1), Sum(usage["minutes"]!));
        Assert.Equal(0, (int)usage["window"]!["used"]!);
    }

    [Fact]
    public async Task Window_IsTheAccountsOwnOrTheDefaultAndReadingItSpendsNothing()
    {
        var own = await Gateway.WithAccountAsync("own", ["agg_1"], new AccountLimit(3, TimeSpan.FromSeconds(90)));
        await Gateway.WithAccountAsync("idle", []);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        long reset = 0;
        for (var used = 1; used <= 4; used++)
        {
            using var response = await Gateway.GetAsync("/api/event?_id=agg_1", own);
            reset = long.Parse(response.Headers.GetValues("X-RateLimit-Reset").Single(), System.Globalization.CultureInfo.InvariantCulture);
            var window = (await GetAsync("/usage/own"))["window"]!;
            Assert.Equal(
                (3, "00:01:30", Math.Min(used, 3), 3 - Math.Min(used, 3)),
                ((int)window["limit"]!, (string?)window["window"], (int)window["used"]!, (int)window["remaining"]!));
            Assert.InRange((long)window["resetTime"]!, reset - 1, reset + 1);
        }

        await Gateway.ChangeAsync("own", account => account! with { Limit = new AccountLimit(1, TimeSpan.FromSeconds(90)) });
        var lowered = (await GetAsync("/usage/own"))["window"]!;
        var idle = (await GetAsync("/usage/idle"))["window"]!;

        Assert.Equal((1, 3, 0), ((int)lowered["limit"]!, (int)lowered["used"]!, (int)lowered["remaining"]!));
        Assert.Equal((1000, "00:01:00", 0, 1000), ((int)idle["limit"]!, (string?)idle["window"], (int)idle["used"]!, (int)idle["remaining"]!));
        Assert.InRange((long)idle["resetTime"]!, now, now + 60);
    }

    [Fact]
    public async Task UrlKeys_AreListedInPages()
    {
        foreach (var account in new[] { "a", "b", "c" })
        {
            var key = await Gateway.WithAccountAsync(account, [$"agg_{account}"]);
            await SendAsync($"/api/event?_id=agg_{account}&_apikey={key.Reveal()}", null, 200);
        }

        var header = await Gateway.WithAccountAsync("d", ["agg_d"]);
        await SendAsync("/api/event?_id=agg_d", header, 200);
        await Eventually.TrueAsync(async () => (await GetAsync("/usage/url-keys"))["accounts"]!.AsArray().Count == 3);

        var first = await GetAsync("/usage/url-keys?limit=2");
        var second = await GetAsync($"/usage/url-keys?limit=2&after={first["next"]}");
        var all = first["accounts"]!.AsArray().Concat(second["accounts"]!.AsArray()).ToList();

        Assert.Equal(["a", "b", "c"], all.Select(account => (string)account!["id"]!).Order(StringComparer.Ordinal));
        Assert.All(all, account => Assert.Equal(1, (int)account!["urlKeys"]!));
        Assert.Equal(all.Select(account => (long)account!["last"]!).OrderDescending(), all.Select(account => (long)account!["last"]!));
        Assert.Null(second["next"]);
    }

    [Theory]
    [InlineData("GET", "/usage/nobody", 404, """{"error":"Not found"}""")]
    [InlineData("GET", "/usage/a%20b", 404, """{"error":"Not found"}""")]
    [InlineData("GET", "/usage/a/b", 404, """{"error":"Not found"}""")]
    [InlineData("GET", "/usage/", 404, """{"error":"Not found"}""")]
    [InlineData("GET", "/usage", 404, """{"error":"Not found"}""")]
    [InlineData("GET", "/nowhere", 404, """{"error":"Not found"}""")]
    [InlineData("GET", "/api/event?_id=agg_1", 404, """{"error":"Not found"}""")]
    [InlineData("POST", "/usage/acme", 405, """{"error":"Method not allowed"}""")]
    [InlineData("GET", "/usage/url-keys?limit=0", 400, """{"error":"Malformed request"}""")]
    [InlineData("GET", "/usage/url-keys?limit=1001", 400, """{"error":"Malformed request"}""")]
    [InlineData("GET", "/usage/url-keys?after=x", 400, """{"error":"Malformed request"}""")]
    public async Task Management_WrongRequest_GetsItsAnswer(string method, string path, int status, string body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        using var response = await Gateway.Management.SendAsync(request, Token);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(body, await response.Content.ReadAsStringAsync(Token));
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType!.ToString());
    }

    [Theory]
    [InlineData("/usage/acme")]
    [InlineData("/usage/url-keys")]
    [InlineData("/usage/keys")]
    public async Task Public_KnowsNoUsage(string path)
    {
        var key = await Gateway.WithAccountAsync("acme", ["agg_1"]);
        using var request = new HttpRequestMessage(HttpMethod.Get, Gateway.Address(path))
        {
            Headers = { Host = Gateway.Management.BaseAddress!.Authority, Authorization = new("Bearer", key.Reveal()) },
        };
        using var response = await Gateway.Public.SendAsync(request, Token);

        Assert.Equal(404, (int)response.StatusCode);
        Assert.Equal("""{"error":"Not found"}""", await response.Content.ReadAsStringAsync(Token));
    }

    private protected async Task<JsonObject> GetAsync(string path)
    {
        using var response = await Gateway.Management.GetAsync(new Uri(path, UriKind.Relative), Token);
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!.AsObject();
    }

    private protected async Task SendAsync(string target, ApiKey? key, int status)
    {
        using var response = await Gateway.GetAsync(target, key);
        Assert.Equal(status, (int)response.StatusCode);
    }

    private protected async Task<JsonObject> UsageAsync(string account, int total)
    {
        JsonObject usage = [];
        await Eventually.TrueAsync(async () =>
        {
            usage = await GetAsync($"/usage/{account}");
            var (forwarded, limited, rejected, failed, refused, _) = Sum(usage["minutes"]!);
            return forwarded + limited + rejected + failed + refused >= total;
        });
        return usage;
    }

    private static (int Forwarded, int Limited, int Rejected, int Failed, int Refused, int UrlKeys) Sum(JsonNode buckets)
    {
        return (Of("forwarded"), Of("limited"), Of("rejected"), Of("failed"), Of("refused"), buckets.AsArray().Sum(bucket => (int)bucket!["urlKeys"]!));

        int Of(string outcome) => buckets.AsArray().Sum(bucket => (int?)bucket!["outcomes"]![outcome] ?? 0);
    }
}
