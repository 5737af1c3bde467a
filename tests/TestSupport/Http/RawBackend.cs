using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;

namespace Eventicat.TestSupport.Http;

/// <summary>
/// A backend that records every request byte for byte and answers each with the same bytes. It reads one request per
/// connection, so that nothing is parsed beyond where a request ends.
/// </summary>
public sealed class RawBackend : IAsyncDisposable
{
    public const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";

    private readonly TcpBackend _server;

    public RawBackend(string response = Ok)
    {
        Response = response;
        _server = new TcpBackend(ServeAsync);
    }

    /// <value>What the next request is answered with; empty: the connection is closed without an answer.</value>
    public string Response { get; set; }

    /// <value>What it waits for before it answers.</value>
    public Task Before { get; set; } = Task.CompletedTask;

    /// <value>The requests so far: head and body, decoded as Latin-1, which keeps every byte.</value>
    public ConcurrentQueue<string> Requests { get; } = new();

    public string Url => _server.Url;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task ServeAsync(TcpClient client, CancellationToken cancellationToken)
    {
        var stream = client.GetStream();
        Requests.Enqueue(await ReadRequestAsync(stream, cancellationToken));
        await Before.WaitAsync(cancellationToken);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(Response), cancellationToken);
        client.Client.Shutdown(SocketShutdown.Send);
    }

    private static async Task<string> ReadRequestAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var received = new StringBuilder();
        var buffer = new byte[16 * 1024];
        while (!IsComplete(received.ToString()))
        {
            var length = await stream.ReadAsync(buffer, cancellationToken);
            if (length == 0)
            {
                throw new IOException("The connection ended within a request.");
            }

            received.Append(Encoding.Latin1.GetString(buffer, 0, length));
        }

        return received.ToString();
    }

    private static bool IsComplete(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return false;
        }

        var head = text[..end].Split("\r\n");
        if (head.Any(line => line.StartsWith("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase)))
        {
            return text.EndsWith("\r\n0\r\n\r\n", StringComparison.Ordinal);
        }

        var length = head.FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))?["Content-Length:".Length..];
        return text.Length >= end + 4 + int.Parse(length ?? "0", System.Globalization.CultureInfo.InvariantCulture);
    }
}
