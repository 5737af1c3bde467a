using System.Net.Sockets;
using System.Text;
using Eventicat.EventSink.Storage;
using Eventicat.EventSink.Tests.Storage;
using Eventicat.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Eventicat.EventSink.Tests.Http;

public sealed class ClientGoneTests
{
    private const string Headers = "Host: x\r\nX-Eventicat-Account: acme\r\nX-Eventicat-Aggregator: agg_1\r\n";

    [Fact]
    public async Task PostEvent_ClientLeavesInTheBody_StoresNothingAndIsNoError()
    {
        await using var sink = await SinkHost.StartAsync();
        using (var client = await ConnectAsync(sink))
        {
            await SendAsync(client, $"POST /api/event HTTP/1.1\r\n{Headers}Content-Length: 100\r\n\r\n{{\"name\":");
        }

        await AssertOneLineAsync(sink);
        Assert.Empty(await sink.NamesAsync());
    }

    [Fact]
    public async Task GetEvent_ClientLeavesBeforeTheCommit_IsNoErrorAndTheEventIsKept()
    {
        using var store = new StubEventStore();
        await using var sink = await SinkHost.StartAsync(services => services.AddSingleton<IEventStore>(store));
        store.Block();
        using (var client = await ConnectAsync(sink))
        {
            await SendAsync(client, $"GET /api/event?name=kept HTTP/1.1\r\n{Headers}\r\n");
            await Eventually.TrueAsync(() => store.Entered == 1);
            client.Client.LingerState = new LingerOption(enable: true, seconds: 0);
        }

        store.Release();
        await AssertOneLineAsync(sink);
        Assert.Equal(["kept"], await sink.NamesAsync());
    }

    private static async Task AssertOneLineAsync(SinkHost sink)
    {
        await Eventually.TrueAsync(() => sink.Log.Events.Count > 0);
        Assert.Equal("Request", Assert.Single(sink.Log.Events).Properties["EventId"].ToString().Split('"')[1]);
    }

    private static async Task<TcpClient> ConnectAsync(SinkHost sink)
    {
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", sink.Client.BaseAddress!.Port, TestContext.Current.CancellationToken);
        return client;
    }

    private static async Task SendAsync(TcpClient client, string text) =>
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), TestContext.Current.CancellationToken);
}
