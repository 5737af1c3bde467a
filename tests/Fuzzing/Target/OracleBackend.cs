using System.Buffers;
using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Eventicat.TestSupport.Http;

namespace Eventicat.Fuzzing.Target;

/// <summary>
/// A backend that reads like the strictest one there is and keeps what it saw under the id that the gateway gave it.
/// Each request carries a marker of its own; one with two markers holds bytes of another request.
/// </summary>
internal sealed class OracleBackend : IAsyncDisposable
{
    private const int MarkerLength = 11;
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private readonly TcpBackend _server;

    public OracleBackend()
    {
        _server = new TcpBackend(ServeAsync);
    }

    /// <value>Whole requests that no client has asked for yet, by id.</value>
    public ConcurrentDictionary<string, StrictRequest> Whole { get; } = new();

    /// <value>Requests that were broken off, as they came.</value>
    public ConcurrentQueue<string> Broken { get; } = new();

    /// <value>What was wrong on a connection, and its bytes.</value>
    public ConcurrentQueue<(string Fault, string Bytes)> Faults { get; } = new();

    public int Connections => _server.Connections;

    public string Authority => _server.Authority;

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

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task ServeAsync(TcpClient client, CancellationToken cancellationToken)
    {
        var received = new StringBuilder();
        try
        {
            var stream = client.GetStream();
            var buffer = new byte[64 * 1024];
            while (await stream.ReadAsync(buffer, cancellationToken) is var length and > 0)
            {
                received.Append(Encoding.Latin1.GetString(buffer, 0, length));
                if (await AnswerAsync(stream, received, cancellationToken) is { } fault)
                {
                    Faults.Enqueue((fault, received.ToString()));
                    received.Clear();
                    return;
                }
            }
        }
        finally
        {
            if (received.Length > 0)
            {
                Broken.Enqueue(received.ToString());
            }
        }
    }

    private async Task<string?> AnswerAsync(NetworkStream stream, StringBuilder received, CancellationToken cancellationToken)
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
                await stream.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), cancellationToken);
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
        await stream.WriteAsync(Encoding.Latin1.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {id.Length}\r\nX-Backend: {id}\r\n\r\n{body}"), cancellationToken);
        return null;
    }
}
