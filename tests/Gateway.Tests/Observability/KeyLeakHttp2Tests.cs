using System.Text;
using Eventicat.Gateway.Tests.Hosting;
using Eventicat.TestSupport.Http;

namespace Eventicat.Gateway.Tests.Observability;

/// <summary>
/// Whatever a stranger sends, over either protocol, well-formed or not: with every logger at its most talkative no key
/// is in the log, the mask left out of account, and nothing of it is worth waking somebody for.
/// </summary>
public sealed class KeyLeakHttp2Tests
{
    private static readonly (string Name, string Value)[] Plain = [(":method", "GET"), (":scheme", "http"), (":authority", "x"), (":path", "/api/event?_id=agg_1")];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Log_Http2OfAllKinds_HasNoKeyAndNoAlarm()
    {
        await using var backend = new RawBackend();
        await using var gateway = await StartAsync(backend);
        var key = (await gateway.WithAccountAsync("acme", ["agg_1"])).Reveal();

        foreach (var fields in Requests(key))
        {
            await using var client = await RawHttp2Client.ConnectAsync(gateway.Http2, Token);
            await SendAsync(client, fields, body: null, trailers: null);
            await SendAsync(client, fields, body: "{}", [("x-trailer", key), ("x bad", key)]);
        }

        foreach (var (type, flags, stream, payload) in Frames(key))
        {
            await using var client = await RawHttp2Client.ConnectAsync(gateway.Http2, Token);
            var open = await client.StartAsync([.. Plain, ("authorization", $"Bearer {key}")], endStream: false, Token);
            await client.SendFrameAsync(type, flags, stream, payload, Token);
            await client.SendDataAsync(open, "x", endStream: true, Token);
            await AnswerAsync(client, open);
        }

        await gateway.StopAsync();
        ShouldSay(gateway.Log.ToString(), key, "Request starting", "Kestrel.Http2");
    }

    [Fact]
    public async Task Log_GarbageOnEveryListener_HasNoKeyAndNoAlarm()
    {
        await using var backend = new RawBackend();
        await using var gateway = await StartAsync(backend);
        var key = (await gateway.WithAccountAsync("acme", ["agg_1"])).Reveal();
        string[] garbage =
        [
            key, $"{key}\r\n\r\n", $"\u0016\u0003\u0001\u0002\u0000\u0001{key}", $"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n{key}{key}",
            $"PRI * HTTP/2.0\r\n{key}: {key}\r\n\r\n", $"PRI /{key} HTTP/2.0\r\n\r\n", $"{key} / HTTP/1.1\r\nHost: x\r\n\r\n",
            $"GET /{key} HTTP/1.1\r\nHost: {key}\r\n{key}: {key}\r\nContent-Type: {key}\r\n\r\n", $"GET / {key}\r\n\r\n", $"GET / HTTP/1.1\r\n{key}\r\n\r\n",
            $"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\nContent-Type: {key}\r\n\r\n{key}",
            $"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: {key}, chunked\r\n\r\n{key}",
            $"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: {key}\r\nConnection: upgrade\r\n\r\n{key}", "", "\r\n",
        ];

        foreach (var url in new[] { gateway.Public.BaseAddress!, gateway.Http2, gateway.Management.BaseAddress! })
        {
            foreach (var text in garbage)
            {
                await RawClient.SendAndCloseAsync(url, text, Token);
            }
        }

        await gateway.StopAsync();
        ShouldSay(gateway.Log.ToString(), key, "Request starting", "Kestrel.BadRequests");
    }

    private static async Task<GatewayHost> StartAsync(RawBackend backend) => await GatewayHost.StartAsync(backend.Url,
        ("Serilog:MinimumLevel:Default", "Trace"),
        ("Serilog:MinimumLevel:Override:Microsoft", "Trace"),
        ("Serilog:MinimumLevel:Override:System", "Trace"),
        ("Serilog:MinimumLevel:Override:Yarp", "Trace"),
        ("Serilog:MinimumLevel:Override:Yarp.ReverseProxy.Forwarder", "Trace"),
        ("Serilog:MinimumLevel:Override:Eventicat.Gateway.Authentication", "Trace"));

    private static IEnumerable<(string Name, string Value)[]> Requests(string key)
    {
        var text = new[] { $"/api/event?_apikey={key}", $"/é{key}", $"/ {key}", key, $"/api/{key}", $"/api/event#{key}", $"/%{key}", $"//{key}", $"/api/event?_apikey={key}\u0001", "" };
        foreach (var path in text)
        {
            yield return With(":path", path);
        }

        foreach (var name in new[] { ":method", ":scheme", ":authority" })
        {
            yield return With(name, key);
            yield return With(name, $"{key} é");
            yield return With(name, "");
        }

        foreach (var name in new[] { "authorization", "X-Upper", "x bad", "x-é", ":unknown", "content-length", "connection", "transfer-encoding", "te", "content-type", "host", "cookie", "user-agent", "origin", "x-forwarded-for", "expect", "upgrade", key })
        {
            yield return [.. Plain, (name, key)];
            yield return [.. Plain, (name, $"Bearer {key}é\u0001")];
        }

        yield return [.. Plain, (":path", $"/{key}")];
        yield return [("x", key), .. Plain];
        yield return [.. Plain, ("x", key + new string('x', 40_000))];
        yield return [(":method", "CONNECT"), (":authority", key)];
        yield return [(":method", "CONNECT"), (":protocol", "websocket"), (":scheme", "http"), (":path", $"/{key}"), (":authority", key)];

        (string, string)[] With(string name, string value) => [.. Plain.Select(field => field.Name == name ? (name, value) : field)];
    }

    private static IEnumerable<(byte Type, byte Flags, int Stream, byte[] Payload)> Frames(string key)
    {
        var payload = Encoding.ASCII.GetBytes(key + key + key);
        for (byte type = 0; type < 12; type++)
        {
            foreach (var stream in new[] { 0, 1, 2, 3, 99 })
            {
                yield return (type, 0, stream, payload);
                yield return (type, 0x2D, stream, payload);
            }
        }
    }

    private static async Task SendAsync(
        RawHttp2Client client, (string, string)[] fields, string? body, (string, string)[]? trailers)
    {
        try
        {
            await client.SendAsync(fields, body, trailers, Token).WaitAsync(TimeSpan.FromSeconds(1), Token);
        }
        catch (TimeoutException)
        {
            // A frame may have made the server wait for more; what it logged so far counts.
        }
    }

    private static async Task AnswerAsync(RawHttp2Client client, int stream)
    {
        try
        {
            await client.AnswerAsync(stream, Token).WaitAsync(TimeSpan.FromSeconds(1), Token);
        }
        catch (TimeoutException)
        {
            // As above.
        }
    }

    private static void ShouldSay(string log, string key, params string[] expected)
    {
        Assert.All(expected, text => Assert.Contains(text, log, StringComparison.Ordinal));
        Assert.Equal(0, KeySearch.Count(log, key));
        Assert.DoesNotContain("\"@l\":\"Error\"", log, StringComparison.Ordinal);
        Assert.DoesNotContain("\"@l\":\"Fatal\"", log, StringComparison.Ordinal);
    }
}
