using System.Collections.Concurrent;
using System.Net;
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

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    public RawBackend(string response = Ok)
    {
        Response = response;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <value>What the next request is answered with; empty: the connection is closed without an answer.</value>
    public string Response { get; set; }

    /// <value>What it waits for before it answers.</value>
    public Task Before { get; set; } = Task.CompletedTask;

    /// <value>The requests so far: head and body, decoded as Latin-1, which keeps every byte.</value>
    public ConcurrentQueue<string> Requests { get; } = new();

    public string Url => $"http://{_listener.LocalEndpoint}";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                Requests.Enqueue(await ReadRequestAsync(stream, _stop.Token));
                await Before.WaitAsync(_stop.Token);
                await stream.WriteAsync(Encoding.Latin1.GetBytes(Response), _stop.Token);
                client.Client.Shutdown(SocketShutdown.Send);
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException or SocketException)
            {
                // The gateway gave up on the connection; what it sent is not a whole request.
            }
        }
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
