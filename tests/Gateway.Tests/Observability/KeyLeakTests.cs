using System.Globalization;
using Eventicat.Accounts;
using Eventicat.Gateway.Tests.Hosting;
using Eventicat.TestSupport.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Eventicat.Gateway.Tests.Observability;

/// <summary>With every logger at its most talkative, no key is in what the gateway says, the mask left out of account.</summary>
public sealed class KeyLeakTests
{
    private static readonly string[] Requests =
    [
        "GET /api/event?_id=agg_1&_apikey=<KEY> HTTP/1.1\r\nHost: x\r\n",
        "GET /api/event?_apikey=<KEY>&_id=agg_1 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer <KEY>\r\n",
        "GET /api/event?_id=agg_1&%5Fapikey=<KEY> HTTP/1.1\r\nHost: x\r\n",
        "GET /api/event?_id=agg_1&_APIKEY=<ENC> HTTP/1.1\r\nHost: x\r\n",
        "POST /api/event?_id=agg_1 HTTP/1.1\r\nHost: x\r\nAuthorization: bearer <KEY>\r\nContent-Length: 2\r\n\r\n{}",
        "GET /api/events?_id=agg_1 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer <KEY>\r\n",
        "GET /api/event?_id=agg_1&_apikey=<KEY>&_apikey=other HTTP/1.1\r\nHost: x\r\n",
        "GET /api/event?_id=nobodys&_apikey=<KEY> HTTP/1.1\r\nHost: x\r\n",
        "GET /api/event?_id=agg_1;_apikey=<KEY> HTTP/1.1\r\nHost: x\r\n",
        "GET /api/event?_id=agg_1#_apikey=<KEY> HTTP/1.1\r\nHost: x\r\n",
        "GET /api/event#?_apikey=<KEY> HTTP/1.1\r\nHost: x\r\n",
        "GET /nowhere?_apikey=<KEY> HTTP/1.1\r\nHost: x\r\n",
        "TRACE /api/event?_apikey=<KEY> HTTP/1.1\r\nHost: x\r\n",
        "OPTIONS /api/event?_apikey=<KEY> HTTP/1.1\r\nHost: x\r\nOrigin: https://a\r\nAccess-Control-Request-Method: GET\r\n",
        "GET http://x/api/event?_id=agg_1&_apikey=<KEY> HTTP/1.1\r\nHost: x\r\n",
        "GET /api/event?_apikey=<KEY> HTTP/9.9\r\nHost: x\r\n",
        "GET /api/event?_apikey=<KEY>\r\nHost: x\r\n",
        "GET /api/event?_apikey=<KEY> x HTTP/1.1\r\nHost: x\r\n",
        "GET /api/ev\u0001ent?_apikey=<KEY> HTTP/1.1\r\nHost: x\r\n",
        "G\u00e9T /api/event?_apikey=<KEY> HTTP/1.1\r\nHost: x\r\n",
        "/api/event?_apikey=<KEY> GET HTTP/1.1\r\nHost: x\r\n",
        "GET /api/event?_apikey=<KEY> HTTP/1.1\nHost: x\n",
        "GET /api/event HTTP/1.1\r\nHost: x\r\nAuthorization Bearer <KEY>\r\n",
        "GET /api/event HTTP/1.1\r\nHost: x\r\nAuthorization : Bearer <KEY>\r\n",
        "GET /api/event HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer <KEY>\u0000\r\n",
        "GET /api/event HTTP/1.1\r\nHost: x?_apikey=<KEY>\r\n",
        "GET /api/event?_apikey=<KEY> HTTP/1.1\r\nHost: x\r\nContent-Length: <KEY>\r\n",
        "GET /api/event?_apikey=<KEY> HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: <KEY>\r\n",
        "GET /api/event?_apikey=<KEY>&x=<LONG> HTTP/1.1\r\nHost: x\r\n",
        "GET /api/event?_apikey=<KEY>&x=<LONG><LONG> HTTP/1.1\r\nHost: x\r\n",
        "GET /api/event?_apikey=<KEY> HTTP/1.1\r\nHost: x\r\nX: <LONG><LONG>\r\n",
        "POST /api/event?_id=agg_1&_apikey=<KEY> HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n<KEY>\r\n",
        "POST /api/event?_id=agg_1&_apikey=<KEY> HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nGET /api/event?_apikey=<KEY> HTTP/1.1\r\n\r\n",
        "CONNECT x:443?_apikey=<KEY> HTTP/1.1\r\nHost: x\r\n",
    ];

    private static readonly (string Key, string? Value)[] Talkative =
    [
        ("Serilog:MinimumLevel:Default", "Trace"),
        ("Serilog:MinimumLevel:Override:Microsoft", "Trace"),
        ("Serilog:MinimumLevel:Override:System", "Trace"),
        ("Serilog:MinimumLevel:Override:Yarp", "Trace"),
        ("Serilog:MinimumLevel:Override:Yarp.ReverseProxy.Forwarder", "Trace"),
        ("Serilog:MinimumLevel:Override:Eventicat.Gateway.Authentication", "Trace"),
    ];

    [Fact]
    public async Task Log_AThousandRequestsOfAllKindsAtTrace_HasNoKey()
    {
        await using var backend = new RawBackend();
        await using var gateway = await GatewayHost.StartAsync(backend.Url, Talkative);
        var limit = new AccountLimit(100, TimeSpan.FromHours(1));
        string[] keys =
        [
            (await gateway.WithAccountAsync("acme", ["agg_1"], limit)).Reveal(),
            (await gateway.WithAccountAsync("acme", [], importedKey: "legacy.key~of/another+shape==")).Reveal(),
            ApiKey.Generate(out _).Reveal(),
            "unknown-key-0123456789",
        ];

        var sent = 0;
        for (var round = 0; sent < 1000; round++)
        {
            foreach (var request in Requests)
            {
                await SendAsync(gateway, request, keys[round % keys.Length]);
                sent++;
            }

            backend.Response = round % 3 == 2 ? "" : RawBackend.Ok;
        }

        await gateway.StopAsync();
        var log = gateway.Log.ToString();
        Assert.Contains("Request starting", log, StringComparison.Ordinal);
        Assert.Contains("Proxying to", log, StringComparison.Ordinal);
        Assert.Contains("bad request data", log, StringComparison.Ordinal);
        Assert.Contains("rate_limit_exceeded", log, StringComparison.Ordinal);
        Assert.Contains("backend_unreachable", log, StringComparison.Ordinal);
        Assert.All(keys, key => Assert.Equal(0, KeySearch.Count(log, key)));
    }

    /// <summary>Kestrel has the path in the text of an exception.</summary>
    [Theory]
    [InlineData("http://x?_apikey=<KEY>")]
    [InlineData("?_apikey=<KEY>")]
    [InlineData("api/event?_apikey=<KEY>")]
    [InlineData("/api/caf\u00e9?_apikey=<KEY>")]
    [InlineData("/api/event?_id=agg_1&_apikey=<KEY>")]
    public async Task Log_PathOverHttp2AtTrace_HasNoKey(string path)
    {
        await using var gateway = await GatewayHost.StartAsync("http://127.0.0.1:1", Talkative);
        var key = ApiKey.Generate(out _).Reveal();
        await using (var client = await RawHttp2Client.ConnectAsync(gateway.Http2, TestContext.Current.CancellationToken))
        {
            await client.SendAsync(
                [(":method", "GET"), (":scheme", "http"), (":authority", "x"), (":path", path.Replace("<KEY>", key, StringComparison.Ordinal)), ("authorization", $"Bearer {key}")],
                cancellationToken: TestContext.Current.CancellationToken);
        }

        await gateway.StopAsync();
        Assert.Equal(0, KeySearch.Count(gateway.Log.ToString(), key));
    }

    [Fact]
    public async Task Log_WhatAnyStrangerCanCause_IsAWarningAtMost()
    {
        await using var gateway = await GatewayHost.StartAsync("http://127.0.0.1:1");

        // As when a client resets more streams than Kestrel has room to acknowledge.
        gateway.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Microsoft.AspNetCore.Server.Kestrel.Http2")
            .LogCritical(new InvalidOperationException("words"), "Connection exceeded the output operations maximum queue size");

        await gateway.StopAsync();
        var log = gateway.Log.ToString();
        Assert.Contains("output operations", log, StringComparison.Ordinal);
        Assert.DoesNotContain("Fatal", log, StringComparison.Ordinal);
        Assert.DoesNotContain("words", log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain {0}")]
    [InlineData("percent {1}")]
    [InlineData("base64 {2}")]
    public async Task Search_PlantedKey_IsFound(string planted)
    {
        await using var gateway = await GatewayHost.StartAsync("http://127.0.0.1:1");
        var key = ApiKey.Generate(out _).Reveal();
        var encoded = string.Concat(key.Select(character => $"%{(int)character:x2}"));
        var base64 = Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes($"Bearer {key}!"));

        gateway.Services.GetRequiredService<ILogger<KeyLeakTests>>()
            .LogInformation("{Planted}", string.Format(CultureInfo.InvariantCulture, planted, key, encoded, base64));
        await gateway.StopAsync();

        Assert.NotEqual(0, KeySearch.Count(gateway.Log.ToString(), key));
    }

    private static async Task SendAsync(GatewayHost gateway, string request, string key)
    {
        var head = request.Split("\r\n\r\n", 2);
        var text = $"{head[0].TrimEnd('\r', '\n')}\r\nConnection: close\r\n\r\n{(head.Length > 1 ? head[1] : "")}"
            .Replace("<KEY>", key, StringComparison.Ordinal)
            .Replace("<ENC>", string.Concat(key.Select(character => $"%{(int)character:X2}")), StringComparison.Ordinal)
            .Replace("<LONG>", new string('x', 10_000), StringComparison.Ordinal);
        await RawClient.SendAsync(gateway.Public.BaseAddress!, text, TestContext.Current.CancellationToken);
    }
}
