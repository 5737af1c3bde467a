using System.Net;
using Eventicat.Accounts;
using Eventicat.Gateway.Tests.Hosting;
using Eventicat.TestSupport;
using Eventicat.TestSupport.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Eventicat.Gateway.Tests.Wire;

/// <summary>A flood of keys that are not usable: it is refused cheaply, and nobody else notices.</summary>
public sealed class FailedAuthenticationsTests : IAsyncLifetime
{
    private const int Limit = 20;
    private const int PerSecond = 10;
    private const string TooMany = """{"error":"Too many failed attempts"}""";
    private const string Guesser = "203.0.113.7";

    private readonly RawBackend _backend = new();
    private readonly CountedStore _store = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(56));
    private GatewayHost _gateway = null!;

    public async ValueTask InitializeAsync() => await StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _backend.DisposeAsync();
    }

    [Fact]
    public async Task Flood_OfRandomKeys_CostsFewLookups_AndTouchesNobodyWhoIsKnown()
    {
        var cached = await _gateway.WithAccountAsync("acme", ["agg_1"]);
        var uncached = await _gateway.WithAccountAsync("other", ["agg_2"]);
        Assert.Equal(200, (await SendAsync(cached, "agg_1")).Status);
        var before = _store.Lookups;

        var answers = await FloodAsync(10 * Limit);

        Assert.Equal(Limit, answers.Count(answer => answer.Status == 401) - PerSecond);
        Assert.All(answers.Where(answer => answer.Status != 401), answer =>
        {
            Assert.Equal(429, answer.Status);
            Assert.Equal(TooMany, answer.Body);
            Assert.Equal("1", answer.Headers["Retry-After"]);
            Assert.DoesNotContain("WWW-Authenticate", answer.Headers.Keys);
            Assert.DoesNotContain(answer.Headers.Keys, name => name.Contains("RateLimit", StringComparison.OrdinalIgnoreCase));
        });
        Assert.Equal(Limit + PerSecond, _store.Lookups - before);

        // From the same address: the cached key works at once, the other one as soon as a look-up is free.
        Assert.Equal(200, (await SendAsync(cached, "agg_1")).Status);
        Assert.Equal(429, (await SendAsync(uncached, "agg_2")).Status);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(200, (await SendAsync(uncached, "agg_2")).Status);
        Assert.Equal(200, (await SendAsync(uncached, "agg_2")).Status);
        // From any other address nothing has changed.
        Assert.Equal(401, (await SendAsync(RandomKey(), from: "203.0.113.8")).Status);
        await Eventually.TrueAsync(() => _gateway.Log.Rendered.Any(line => line.Contains(Guesser, StringComparison.Ordinal)));
        Assert.Single(_gateway.Log.Rendered, line => line.Contains(Guesser, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Flood_SentAtOnce_IsCountedBeforeTheStoreAnswers()
    {
        var gate = new TaskCompletionSource();
        _store.Gate = gate.Task;
        var before = _store.Lookups;

        var flood = FloodAsync(5 * Limit);
        await Eventually.TrueAsync(() => _store.Lookups - before >= Limit);
        gate.SetResult();

        Assert.Equal(5 * Limit - Limit - PerSecond, (await flood).Count(answer => answer.Status == 429));
        Assert.Equal(Limit + PerSecond, _store.Lookups - before);
    }

    /// <summary>As after each start of a gateway, and of customers behind one address.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(5 * Limit)]
    public async Task Burst_OfGoodKeysThatAreNotKnownYet_IsServed(int keys)
    {
        var accounts = new List<(ApiKey Key, string Aggregator)>();
        for (var i = 0; i < keys; i++)
        {
            accounts.Add((await _gateway.WithAccountAsync($"a{i}", [$"agg_{i}"]), $"agg_{i}"));
        }

        var gate = new TaskCompletionSource();
        _store.Gate = gate.Task;
        var before = _store.Lookups;
        var burst = Enumerable.Range(0, 5 * Limit).Select(i => SendAsync(accounts[i % keys].Key, accounts[i % keys].Aggregator)).ToList();
        await Eventually.TrueAsync(() => _store.Lookups - before >= Math.Min(keys, Limit));
        gate.SetResult();

        Assert.All(await Task.WhenAll(burst), answer => Assert.Equal(200, answer.Status));
        Assert.Equal(keys, _store.Lookups - before);
    }

    [Theory]
    [InlineData("evc_00000000_0000000000000000000000000000000000000")]
    [InlineData("no!key")]
    [InlineData("unknown-but-always-the-same")]
    public async Task Keys_ThatCostNoLookup_CountAsWell(string key)
    {
        for (var i = 0; i < Limit; i++)
        {
            Assert.Equal(401, (await SendAsync(key)).Status);
        }

        var before = _store.Lookups;
        Assert.Equal(429, (await SendAsync(key)).Status);
        Assert.Equal(before, _store.Lookups);
    }

    [Fact]
    public async Task Requests_WithoutAnyKey_AreNoAttempts()
    {
        for (var i = 0; i < 3 * Limit; i++)
        {
            Assert.Equal(401, (await SendAsync((string?)null)).Status);
        }

        Assert.Equal(401, (await SendAsync(RandomKey())).Status);
    }

    [Fact]
    public async Task Store_Away_IsNoFailureOfTheClient()
    {
        _store.IsAway = true;
        for (var i = 0; i < 3 * Limit; i++)
        {
            Assert.Equal(503, (await SendAsync(RandomKey())).Status);
        }

        _store.IsAway = false;
        Assert.Equal(401, (await SendAsync(RandomKey())).Status);
    }

    [Fact]
    public async Task GoodKeys_LookedUpFirst_CountForNothing()
    {
        for (var i = 0; i < 2 * Limit; i++)
        {
            var key = await _gateway.WithAccountAsync($"a{i}", [$"agg_{i}"]);
            Assert.Equal(200, (await SendAsync(key, $"agg_{i}")).Status);
        }

        Assert.Equal(401, (await SendAsync(RandomKey())).Status);
    }

    [Fact]
    public async Task Flood_ThatGoesOn_StaysPastTheLimit_AndOneThatEnds_IsForgotten()
    {
        await FloodAsync(3 * Limit);
        _time.Advance(TimeSpan.FromMinutes(1));
        var answers = await FloodAsync(3 * Limit);
        Assert.Equal(PerSecond, answers.Count(answer => answer.Status == 401));

        _time.Advance(TimeSpan.FromMinutes(2));
        answers = await FloodAsync(Limit);
        Assert.All(answers, answer => Assert.Equal(401, answer.Status));
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", 429)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", 401)]
    [InlineData("64:ff9b::192.0.2.1", "64:ff9b::192.0.2.2", 401)]
    [InlineData("64:ff9b::192.0.2.1", "64:ff9b::192.0.2.1", 429)]
    [InlineData("64:ff9b::192.0.2.1", "192.0.2.1", 429)]
    [InlineData("203.0.113.7", "::ffff:203.0.113.7", 429)]
    [InlineData("::ffff:203.0.113.7", "::ffff:203.0.113.8", 401)]
    public async Task Addresses_AreCounted_ByNetworkOfIPv6(string flooding, string other, int status)
    {
        await FloodAsync(Limit + PerSecond, flooding);

        Assert.Equal(status, (await SendAsync(RandomKey(), from: other)).Status);
    }

    /// <summary>On a listener for both families the proxy's address is <c>::ffff:127.0.0.1</c>.</summary>
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.0/8")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:127.0.0.0/104")]
    public async Task KnownProxy_OnListenerOfBothFamilies_IsRecognised(string proxy)
    {
        await _gateway.DisposeAsync();
        await StartAsync(("Kestrel:Endpoints:Public:Url", "http://[::]:0"), ("ForwardedHeaders:KnownProxies:0", proxy));

        await FloodAsync(Limit + PerSecond);

        Assert.Equal(429, (await SendAsync(RandomKey())).Status);
        Assert.Equal(401, (await SendAsync(RandomKey(), from: "203.0.113.8")).Status);
    }

    [Fact]
    public async Task Http2_GetsTheSameAnswer()
    {
        await FloodAsync(Limit + PerSecond);
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_gateway.Http2, "/api/event?_id=agg_1"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {RandomKey()}");
        request.Headers.Add("X-Forwarded-For", Guesser);

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpVersion.Version20, response.Version);
        Assert.Equal(429, (int)response.StatusCode);
        Assert.Equal(TooMany, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private async Task StartAsync(params (string Key, string? Value)[] settings) => _gateway = await GatewayHost.StartAsync(
        _backend.Url,
        builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(_time);
            _store.Install(builder);
        },
        [
            ("Authentication:FailuresPerMinute", Limit.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ("ForwardedHeaders:KnownProxies:0", "127.0.0.1"),
            .. settings,
        ]);

    /// <summary>Keys of the shape that imported ones have.</summary>
    private Task<RawAnswer[]> FloodAsync(int count, string from = Guesser) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(_ => SendAsync(RandomKey(), from: from)));

    private Task<RawAnswer> SendAsync(ApiKey key, string aggregator) => SendAsync(key.Reveal(), aggregator);

    private async Task<RawAnswer> SendAsync(string? key, string aggregator = "agg_1", string from = Guesser) => RawAnswer.Parse(await RawClient.SendAsync(
        new Uri(_gateway.Public.BaseAddress!.AbsoluteUri.Replace("[::]", "127.0.0.1", StringComparison.Ordinal)),
        $"GET /api/event?_id={aggregator} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Forwarded-For: {from}\r\n"
        + (key is null ? "" : $"Authorization: Bearer {key}\r\n") + "\r\n",
        TestContext.Current.CancellationToken));

    private static string RandomKey() => Guid.CreateVersion7().ToString("N");
}
