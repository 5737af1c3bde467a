using System.Net;
using System.Net.WebSockets;
using System.Text;
using Eventicat.Accounts;
using Eventicat.Accounts.Caching;
using Eventicat.Gateway.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Eventicat.Gateway.Tests.Wire;

/// <summary>A WebSocket is one request to the limit; it needs a route that allows it, and lives as long as its account stays the same.</summary>
public sealed class UpgradeTests : IAsyncLifetime
{
    private readonly EchoingBackend _backend = new();
    private readonly ShiftedTime _time = new();
    private GatewayHost _gateway = null!;
    private ApiKey _key = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await GatewayHost.StartAsync(_backend.Url, builder => builder.Services.AddSingleton<TimeProvider>(_time),
            ("ReverseProxy:Routes:chat:ClusterId", "events"), ("ReverseProxy:Routes:chat:Match:Path", "/chat"),
            ("ReverseProxy:Routes:chat:AuthorizationPolicy", "Account"), ("ReverseProxy:Routes:chat:Metadata:AllowUpgrade", "true"),
            ("ReverseProxy:Routes:stream:ClusterId", "events"), ("ReverseProxy:Routes:stream:Match:Path", "/stream"),
            ("ReverseProxy:Routes:open:ClusterId", "events"), ("ReverseProxy:Routes:open:Match:Path", "/stream/open"), ("ReverseProxy:Routes:open:AuthorizationPolicy", "Account"),
            ("ReverseProxy:Routes:api:ClusterId", "events"), ("ReverseProxy:Routes:api:Match:Path", "/api/{**rest}"));
        _key = await _gateway.WithAccountAsync("acme", ["agg_1"], new AccountLimit(100, TimeSpan.FromMinutes(1)));
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _backend.DisposeAsync();
    }

    [Theory]
    [InlineData("websocket")]
    [InlineData("WebSocket")]
    [InlineData("SPDY/3.1")]
    [InlineData("other")]
    public async Task Upgrade_OnARouteThatDoesNotAllowIt_Gets403(string protocol)
    {
        var answer = await _gateway.SendAsync(
            WireProtocol.Http1, "GET", "/api/event?_id=agg_1", [("Authorization", $"Bearer {_key.Reveal()}"), ("Connection", "Upgrade"), ("Upgrade", protocol)]);

        Assert.Equal(403, answer.Status);
        Assert.Equal("""{"error":"Upgrade not allowed"}""", answer.Body);
        Assert.Equal(0, _backend.Connections);
    }

    [Theory]
    [InlineData("Connection", "keep-alive", "websocket")]
    [InlineData("X-None", "none", "websocket")]
    [InlineData("Connection", "Upgrade", "")]
    public async Task Upgrade_ThatIsNotAskedFor_IsIgnored(string name, string value, string protocol)
    {
        var answer = await _gateway.SendAsync(
            WireProtocol.Http1, "GET", "/api/event?_id=agg_1", [("Authorization", $"Bearer {_key.Reveal()}"), (name, value), ("Upgrade", protocol)]);

        Assert.Equal(200, answer.Status);
    }

    /// <summary>What curl and Java's client offer with every first request in clear text.</summary>
    [Fact]
    public async Task Upgrade_ToHttp2_IsIgnored()
    {
        var answer = await _gateway.SendAsync(
            WireProtocol.Http1, "GET", "/api/event?_id=agg_1",
            [("Authorization", $"Bearer {_key.Reveal()}"), ("Connection", "Upgrade, HTTP2-Settings"), ("Upgrade", "h2c"), ("HTTP2-Settings", "AAMAAABkAAQAAP__")]);

        Assert.Equal(200, answer.Status);
    }

    [Theory]
    [InlineData(WireProtocol.Http1)]
    [InlineData(WireProtocol.Http2)]
    public async Task Tunnel_OnARouteThatAllowsIt_LastsUntilTheAccountChanges(WireProtocol protocol)
    {
        using var socket = await ConnectAsync(protocol, _key);
        Assert.Equal("hello", await EchoAsync(socket, "hello"));

        await _gateway.ChangeAsync("acme", account => account! with { Keys = [account.Keys[0] with { Revoked = DateTimeOffset.UnixEpoch }] });

        await AssertEndsAsync(socket);
    }

    [Fact]
    public async Task Tunnel_OfAKeyThatExpires_Ends()
    {
        await _gateway.ChangeAsync("acme", account => account! with
        {
            Keys = [account.Keys[0] with { Expires = _time.GetUtcNow() + TimeSpan.FromHours(1) }],
        });
        using var socket = await ConnectAsync(WireProtocol.Http1, _key);
        Assert.Equal("hello", await EchoAsync(socket, "hello"));

        _time.Shift = TimeSpan.FromHours(1);

        await AssertEndsAsync(socket);
    }

    [Fact]
    public async Task Tunnel_WhenAnotherAccountChanges_GoesOn()
    {
        await _gateway.WithAccountAsync("other", []);
        using var socket = await ConnectAsync(WireProtocol.Http1, _key);

        await _gateway.WithAccountAsync("other", ["agg_2"]);

        await KeepEchoingAsync(socket);
    }

    [Theory]
    [InlineData(WireProtocol.Http1)]
    [InlineData(WireProtocol.Http2)]
    public async Task Stream_OfAKeyThatIsRevoked_Ends(WireProtocol protocol)
    {
        using var client = new HttpClient();
        using var response = await StartStreamAsync(client, protocol);
        await using var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await stream.ReadExactlyAsync(new byte[1], TestContext.Current.CancellationToken);

        await _gateway.ChangeAsync("acme", account => account! with { Keys = [account.Keys[0] with { Revoked = DateTimeOffset.UnixEpoch }] });

        await Assert.ThrowsAnyAsync<IOException>(() => ReadToEndAsync(stream));
    }

    [Fact]
    public async Task Stream_WhoseAggregatorIsTakenAway_Ends()
    {
        using var client = new HttpClient();
        using var response = await StartStreamAsync(client, WireProtocol.Http1);
        await using var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await stream.ReadExactlyAsync(new byte[1], TestContext.Current.CancellationToken);

        await _gateway.ChangeAsync("acme", account => account! with { Aggregators = [] });

        await Assert.ThrowsAnyAsync<IOException>(() => ReadToEndAsync(stream));
    }

    [Fact]
    public async Task Stream_WhoseKeyIsGivenToAnotherAccount_Ends()
    {
        using var client = new HttpClient();
        using var response = await StartStreamAsync(client, WireProtocol.Http1, path: "/stream/open");
        await using var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await stream.ReadExactlyAsync(new byte[1], TestContext.Current.CancellationToken);
        AccountKey? key = null;

        await _gateway.ChangeAsync("acme", account =>
        {
            key = account!.Keys[0];
            return account with { Keys = [] };
        });
        await _gateway.ChangeAsync("other", _ => new Account { Id = AccountId.Parse("other"), Keys = [key!] });

        await Assert.ThrowsAnyAsync<IOException>(() => ReadToEndAsync(stream));
    }

    [Fact]
    public async Task Stream_WithAKeyInItsUrlWhereThatIsRefusedSince_Ends()
    {
        using var client = new HttpClient();
        using var response = await StartStreamAsync(client, WireProtocol.Http1, inUrl: true);
        await using var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await stream.ReadExactlyAsync(new byte[1], TestContext.Current.CancellationToken);

        await _gateway.ChangeAsync("acme", account => account! with { UrlKeys = UrlKeyPolicy.Refuse });

        await Assert.ThrowsAnyAsync<IOException>(() => ReadToEndAsync(stream));
    }

    [Fact]
    public async Task Stream_WhenItsAccountChangesAndTheKeyWorksOn_GoesOn()
    {
        using var client = new HttpClient();
        using var response = await StartStreamAsync(client, WireProtocol.Http1);
        await using var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        using var socket = await ConnectAsync(WireProtocol.Http1, _key);
        await stream.ReadExactlyAsync(new byte[1], TestContext.Current.CancellationToken);

        await _gateway.ChangeAsync("acme", account => account! with { Name = "Acme" });

        // The tunnel shows that the account has been looked at since.
        await AssertEndsAsync(socket);
        await stream.ReadExactlyAsync(new byte[50], TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(WireProtocol.Http1)]
    [InlineData(WireProtocol.Http2)]
    public async Task Tunnel_WithoutAUsableKey_IsNotOpened(WireProtocol protocol)
    {
        var error = await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(protocol, ApiKey.Generate(out _)));

        Assert.Contains("401", error.Message + error.InnerException?.Message, StringComparison.Ordinal);
        Assert.Equal(0, _backend.Connections);
    }

    private Task<HttpResponseMessage> StartStreamAsync(HttpClient client, WireProtocol protocol, string path = "/stream?_id=agg_1", bool inUrl = false)
    {
        var address = protocol == WireProtocol.Http1 ? _gateway.Public.BaseAddress! : _gateway.Http2;
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, inUrl ? $"{path}&_apikey={_key.Reveal()}" : path))
        {
            Version = protocol == WireProtocol.Http1 ? HttpVersion.Version11 : HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Headers = { Authorization = inUrl ? null : new("Bearer", _key.Reveal()) },
        };
        return client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    private static async Task ReadToEndAsync(Stream stream)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        await stream.CopyToAsync(Stream.Null, deadline.Token);
    }

    /// <summary>For longer than it takes the gateway to look at what it forwards twice.</summary>
    private static async Task KeepEchoingAsync(ClientWebSocket socket)
    {
        for (var startedAt = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(startedAt) < 3 * AccountDirectory.Freshness;)
        {
            Assert.Equal("hello", await EchoAsync(socket, "hello"));
        }
    }

    private async Task<ClientWebSocket> ConnectAsync(WireProtocol protocol, ApiKey key)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {key.Reveal()}");
        socket.Options.HttpVersion = protocol == WireProtocol.Http1 ? HttpVersion.Version11 : HttpVersion.Version20;
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        var address = protocol == WireProtocol.Http1 ? _gateway.Public.BaseAddress! : _gateway.Http2;
        using var client = new HttpMessageInvoker(new SocketsHttpHandler());
        await socket.ConnectAsync(new Uri($"ws://{address.Authority}/chat"), client, TestContext.Current.CancellationToken);
        return socket;
    }

    private static async Task<string> EchoAsync(ClientWebSocket socket, string text)
    {
        await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);
        var buffer = new byte[100];
        var received = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(buffer, 0, received.Count);
    }

    private static async Task AssertEndsAsync(ClientWebSocket socket)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        var error = await Assert.ThrowsAnyAsync<Exception>(() => socket.ReceiveAsync(new byte[100], deadline.Token));

        Assert.False(deadline.IsCancellationRequested, "The tunnel was still open.");
        Assert.IsType<WebSocketException>(error);
    }

    /// <summary>The machine's time, with another date.</summary>
    private sealed class ShiftedTime : TimeProvider
    {
        public TimeSpan Shift { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
    }
}
