using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Eventicat.TestSupport.Http;

namespace Eventicat.Gateway.Tests.Hosting;

/// <summary>Answers an upgrade and returns each message, streams on <c>/stream</c> without end, answers everything else with 200.</summary>
internal sealed class EchoingBackend : IAsyncDisposable
{
    private readonly TcpBackend _server;

    public EchoingBackend() => _server = new TcpBackend(ServeAsync);

    public string Url => _server.Url;

    public int Connections => _server.Connections;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static async Task ServeAsync(TcpClient client, CancellationToken cancellationToken)
    {
        try
        {
            var stream = client.GetStream();
            var head = await ReadHeadAsync(stream, cancellationToken);
            var key = head.FirstOrDefault(line => line.StartsWith("Sec-WebSocket-Key: ", StringComparison.OrdinalIgnoreCase))?["Sec-WebSocket-Key: ".Length..];
            if (head[0].StartsWith("GET /stream", StringComparison.Ordinal))
            {
                await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"u8.ToArray(), cancellationToken);
                using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
                while (await timer.WaitForNextTickAsync(cancellationToken))
                {
                    await stream.WriteAsync("1\r\n.\r\n"u8.ToArray(), cancellationToken);
                }
            }

            if (key is null)
            {
                await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"u8.ToArray(), cancellationToken);
                return;
            }

#pragma warning disable CA5350 // RFC 6455 section 4.2.2 has it so.
            var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
            await stream.WriteAsync(
                Encoding.ASCII.GetBytes($"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"), cancellationToken);
            using var socket = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true });
            var buffer = new byte[1000];
            while (true)
            {
                var received = await socket.ReceiveAsync(buffer, cancellationToken);
                await socket.SendAsync(buffer.AsMemory(0, received.Count), received.MessageType, received.EndOfMessage, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or InvalidOperationException)
        {
            // The tunnel has ended.
        }
    }

    private static async Task<List<string>> ReadHeadAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var next = new byte[1];
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(next, cancellationToken);
            text.Append((char)next[0]);
        }

        return [.. text.ToString().Split("\r\n")];
    }
}
