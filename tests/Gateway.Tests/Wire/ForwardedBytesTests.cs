using Eventicat.Accounts;
using Eventicat.Gateway.Tests.Credentials;
using Eventicat.Gateway.Tests.Hosting;
using Eventicat.TestSupport.Http;
using FsCheck.Fluent;

namespace Eventicat.Gateway.Tests.Wire;

/// <summary>What a backend gets, byte for byte.</summary>
public sealed class ForwardedBytesTests : IAsyncLifetime
{
    private readonly RawBackend _backend = new();
    private GatewayHost _gateway = null!;
    private string _key = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await GatewayHost.StartAsync(_backend.Url);
        _key = (await _gateway.WithAccountAsync("acme", ["agg_1"], new AccountLimit(100_000, TimeSpan.FromMinutes(1)))).Reveal();
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _backend.DisposeAsync();
    }

    [Theory]
    [InlineData("_apikey=KEY&_id=agg_1&name=a", "_id=agg_1&name=a")]
    [InlineData("_id=agg_1&_apikey=KEY&name=a", "_id=agg_1&name=a")]
    [InlineData("_id=agg_1&name=a&_apikey=KEY", "_id=agg_1&name=a")]
    [InlineData("_id=agg_1&_APIKEY=KEY", "_id=agg_1")]
    [InlineData("_id=agg_1&%5Fapikey=KEY", "_id=agg_1")]
    [InlineData("_id=agg_1&_api%6Bey=KEY&_apikey=KEY", "_id=agg_1")]
    [InlineData("_apikey=KEY&%5Fid=agg%5F1&x=%zz&y=%41&z=\"&&q=a+b&e=&f&e=", "%5Fid=agg%5F1&x=%zz&y=%41&z=\"&&q=a+b&e=&f&e=")]
    public async Task Forward_KeyInUrl_MovesItToTheHeaderAndKeepsTheRest(string query, string expected)
    {
        await SendAsync(query, header: null);

        var request = Assert.Single(_backend.Requests);
        Assert.StartsWith($"GET /api/event?{expected} HTTP/1.1\r\n", request, StringComparison.Ordinal);
        Assert.Contains($"\r\nAuthorization: Bearer {_key}\r\n", request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forward_RandomQueries_CutsTheKeyAndKeepsEveryOtherByte()
    {
        var queries = QueryModel.Queries.Generator.Sample(500, 20)
            .Select(query => query[1..])
            .Where(query => !query.Any(char.IsWhiteSpace) && query.All(char.IsAscii))
            .ToList();

        var forwarded = 0;
        foreach (var query in queries)
        {
            _backend.Requests.Clear();
            await SendAsync($"_id=agg_1&_apikey=KEY&x={query}", $"Bearer {_key}");

            var whole = $"?_id=agg_1&_apikey={_key}&x={query}";
            if (!QueryModel.HasNoOtherKey(whole, _key) || QueryModel.CountIds(whole) > 1)
            {
                Assert.Empty(_backend.Requests);
                continue;
            }

            forwarded++;
            var request = Assert.Single(_backend.Requests);
            Assert.StartsWith($"GET /api/event{QueryModel.Cut(whole)} HTTP/1.1\r\n", request, StringComparison.Ordinal);
            Assert.Contains($"\r\nAuthorization: Bearer {_key}\r\n", request, StringComparison.Ordinal);
        }

        Assert.True(forwarded >= 100, $"Only {forwarded} of {queries.Count} could be compared.");
    }

    [Theory]
    [InlineData("Basic dXNlcjpwYXNz")]
    [InlineData("Digest x")]
    public async Task Forward_AnotherSchemesHeader_IsReplaced(string header)
    {
        await SendAsync("_id=agg_1&_apikey=KEY", header);

        var request = Assert.Single(_backend.Requests);
        Assert.Contains($"\r\nAuthorization: Bearer {_key}\r\n", request, StringComparison.Ordinal);
        Assert.DoesNotContain(header, request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forward_SameKeyTwice_SendsOneHeader()
    {
        await SendAsync("_id=agg_1&_apikey=KEY", $"bearer  {_key}");

        var request = Assert.Single(_backend.Requests);
        Assert.Single(request.Split("\r\n"), line => line.StartsWith("Authorization:", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Forward_ClientsOwnIdentityHeaders_AreDropped()
    {
        var response = await RawClient.SendAsync(
            _gateway.Public.BaseAddress!,
            "GET /api/event?_id=agg_1 HTTP/1.1\r\nHost: x\r\nConnection: close, X-Eventicat-Account\r\n"
            + $"Authorization: Bearer {_key}\r\nX-Eventicat-Account: evil\r\nx_eventicat_key: evil\r\nX-EVENTICAT-Anything: evil\r\n"
            + "X-Request-Id: evil\r\nX_Request_ID: evil\r\n\r\n",
            TestContext.Current.CancellationToken);

        Assert.StartsWith("HTTP/1.1 200", response, StringComparison.Ordinal);
        var request = Assert.Single(_backend.Requests);
        Assert.DoesNotContain("evil", request, StringComparison.Ordinal);
        Assert.Contains("\r\nX-Eventicat-Account: acme\r\n", request, StringComparison.Ordinal);
        Assert.Contains("\r\nX-Eventicat-Aggregator: agg_1\r\n", request, StringComparison.Ordinal);
        Assert.Single(request.Split("\r\n"), line => line.StartsWith("X-Request-Id:", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>
    /// RFC 9110 section 7.6.1. What a message cannot do without stays, whatever a client says. Beside <c>close</c> Kestrel
    /// forgets the other options.
    /// </summary>
    [Fact]
    public async Task Forward_HeaderThatConnectionNames_IsLeftOut()
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, _gateway.Address("/api/event?_id=agg_1"));
        foreach (var (name, value) in ((string, string)[])[
            ("Authorization", $"Bearer {_key}"), ("Connection", "X-Hop ,cookie, Authorization, Host"), ("X-Hop", "evil"), ("Cookie", "evil"), ("X-Kept", "kept")])
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await _gateway.Public.SendAsync(message, TestContext.Current.CancellationToken);

        Assert.Equal(200, (int)answer.StatusCode);
        var request = Assert.Single(_backend.Requests);
        Assert.DoesNotContain("evil", request, StringComparison.Ordinal);
        Assert.Contains("\r\nX-Kept: kept\r\n", request, StringComparison.Ordinal);
        Assert.Contains($"\r\nAuthorization: Bearer {_key}\r\n", request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forward_PostWithBody_PassesItUnchanged()
    {
        using var content = new StringContent("""{"name":"user_signup"}""", System.Text.Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, _gateway.Address($"/api/event?_id=agg_1&_apikey={_key}")) { Content = content };
        using var response = await _gateway.Public.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(200, (int)response.StatusCode);
        Assert.EndsWith("""{"name":"user_signup"}""", Assert.Single(_backend.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forward_WithoutForwardToBackend_SendsNoKeyAtAll()
    {
        await using var gateway = await GatewayHost.StartAsync(_backend.Url, ("Credentials:ForwardToBackend", "false"));
        var key = await gateway.WithAccountAsync("acme", ["agg_1"]);

        using var response = await gateway.GetAsync($"/api/event?_id=agg_1&_apikey={key.Reveal()}");

        Assert.Equal(200, (int)response.StatusCode);
        Assert.DoesNotContain(key.Reveal(), Assert.Single(_backend.Requests), StringComparison.Ordinal);
    }

    /// <summary>Names that PHP and others read as <c>_apikey</c>.</summary>
    [Theory]
    [InlineData("_apikey[]=KEY")]
    [InlineData("_apikey%5B0%5D=KEY")]
    [InlineData(".apikey=KEY")]
    [InlineData("+_apikey=KEY")]
    [InlineData("%20%20.APIkey%00x=KEY")]
    public async Task Forward_KeyUnderAnAliasToo_IsRefused(string alias)
    {
        foreach (var query in (string[])[$"_id=agg_1&{alias}", $"_id=agg_1&_apikey=KEY&{alias}", $"_id=agg_1&{alias.Replace("=KEY", $"=%65{_key[1..]}", StringComparison.Ordinal)}"])
        {
            var answer = await SendAsync(query, $"Bearer {_key}");

            Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
            Assert.EndsWith("""{"error":"Malformed query"}""", answer, StringComparison.Ordinal);
        }

        Assert.Empty(_backend.Requests);
    }

    [Fact]
    public async Task Forward_AliasWithAnotherValue_GoesOnAsItCame()
    {
        await SendAsync("_id=agg_1&_apikey=KEY&_apikey[]=on&a=b", header: null);

        Assert.StartsWith("GET /api/event?_id=agg_1&_apikey[]=on&a=b HTTP/1.1\r\n", Assert.Single(_backend.Requests), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://x/api/event?_id=agg_1&_apikey=KEY&a=%zz#f", "https://x/api/event?_id=agg_1&a=%zz#f")]
    [InlineData("https://x/api/event?%5FAPIKEY=KEY", "https://x/api/event")]
    [InlineData("/api/event?a=1;_apikey=KEY#f", "/api/event#f")]
    [InlineData("https://x/?_apikey=another", "https://x/")]
    [InlineData("https://x/?a=b&c=%zz#_apikey=x", "https://x/?a=b&c=%zz#_apikey=x")]
    [InlineData("https://x/p?a=b&_apikey[]=KEY", "https://x/p")]
    [InlineData("https://x/p?.apikey=another", "https://x/p")]
    [InlineData("https://x/p??_apikey=KEY", "https://x/p")]
    [InlineData("https://x/login?next=%2Fapi%3F_apikey%3DKEY", "https://x/login")]
    [InlineData("https://x/login?next=%252Fapi%253F_apikey%253DKEY&a=b", "https://x/login")]
    [InlineData("https://x/p?x=1#_apikey=KEY", "https://x/p")]
    [InlineData("/p&_apikey=KEY", "")]
    public async Task Forward_KeyInTheReferer_IsCutOutOfIt(string referer, string expected)
    {
        await SendAsync("_id=agg_1", $"Bearer {_key}\r\nReferer: {referer.Replace("KEY", _key, StringComparison.Ordinal)}");

        Assert.Contains($"\r\nReferer: {expected}\r\n", Assert.Single(_backend.Requests), StringComparison.Ordinal);
    }

    private async Task<string> SendAsync(string query, string? header)
    {
        var authorization = header is null ? "" : $"Authorization: {header}\r\n";
        return await RawClient.SendAsync(
            _gateway.Public.BaseAddress!,
            $"GET /api/event?{query.Replace("=KEY", $"={_key}", StringComparison.Ordinal)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{authorization}\r\n",
            TestContext.Current.CancellationToken);
    }
}
