using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Eventicat.Fuzzing.Target;

/// <summary>
/// A backend that reads like the strictest one there is and keeps what it saw under the id that the gateway gave it.
/// Each request carries a marker of its own; one with two markers holds bytes of another request.
/// </summary>
internal sealed class OracleBackend : IAsyncDisposable
{
    private const int MarkerLength = 11;
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private int _connections;

    public OracleBackend()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <value>Whole requests that no client has asked for yet, by id.</value>
    public ConcurrentDictionary<string, StrictRequest> Whole { get; } = new();

    /// <value>Requests that were broken off, as they came.</value>
    public ConcurrentQueue<string> Broken { get; } = new();

    /// <value>What was wrong on a connection, and its bytes.</value>
    public ConcurrentQueue<(string Fault, string Bytes)> Faults { get; } = new();

    public int Connections => _connections;

    public string Authority => _listener.LocalEndpoint.ToString()!;

    /// <summary>The different markers in a text: <c>mk</c>, eight hexadecimal digits, <c>z</c>.</summary>
    public static List<string> MarkersIn(string text)
    {
        var markers = new List<string>();
        for (var at = text.IndexOf("mk", StringComparison.Ordinal); at >= 0 && at + MarkerLength <= text.Length; at = text.IndexOf("mk", at + 1, StringComparison.Ordinal))
        {
            if (text[at + MarkerLength - 1] == 'z' && text.AsSpan(at + 2, MarkerLength - 3).ContainsAnyExcept(HexDigits) is false
                && !markers.Any(marker => text.AsSpan(at).StartsWith(marker, StringComparison.Ordinal)))
            {
                markers.Add(text.Substring(at, MarkerLength));
            }
        }

        return markers;
    }

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
        Interlocked.Increment(ref _connections);
        using (client)
        {
            var received = new StringBuilder();
            try
            {
                client.NoDelay = true;
                var stream = client.GetStream();
                var buffer = new byte[64 * 1024];
                while (await stream.ReadAsync(buffer, _stop.Token) is var length and > 0)
                {
                    received.Append(Encoding.Latin1.GetString(buffer, 0, length));
                    if (await AnswerAsync(stream, received) is { } fault)
                    {
                        Faults.Enqueue((fault, received.ToString()));
                        received.Clear();
                        return;
                    }
                }
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException or SocketException)
            {
                // The gateway has gone.
            }

            if (received.Length > 0)
            {
                Broken.Enqueue(received.ToString());
            }
        }
    }

    private async Task<string?> AnswerAsync(NetworkStream stream, StringBuilder received)
    {
        var bytes = received.ToString();
        if (StrictRequest.Read(bytes, out var request, out var awaitsContinue) is { } fault)
        {
            return fault;
        }

        if (request is null)
        {
            if (awaitsContinue)
            {
                await stream.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), _stop.Token);
            }

            return null;
        }

        if (request.Bytes.Length < bytes.Length)
        {
            return "is followed by bytes that belong to no request";
        }

        if (MarkersIn(bytes).Count > 1)
        {
            return "holds bytes of another request";
        }

        if (request.Value("X-Request-Id") is not { } id || !Whole.TryAdd(id, request))
        {
            return "has no id, or one that was there before";
        }

        received.Clear();
        var body = request.Line.StartsWith("HEAD ", StringComparison.Ordinal) ? "" : id;
        await stream.WriteAsync(Encoding.Latin1.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {id.Length}\r\nX-Backend: {id}\r\n\r\n{body}"), _stop.Token);
        return null;
    }
}
