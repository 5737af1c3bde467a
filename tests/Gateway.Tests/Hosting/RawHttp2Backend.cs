using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Eventicat.TestSupport.Http;

namespace Eventicat.Gateway.Tests.Hosting;

/// <summary>A backend of HTTP/2 by prior knowledge that answers each request with the same header block and body, whatever they mean together.</summary>
internal sealed class RawHttp2Backend : IAsyncDisposable
{
    private const int PrefaceLength = 24;
    private const byte Data = 0, Headers = 1, Settings = 4, EndStream = 1, Acknowledge = 1, EndHeaders = 4;

    private readonly byte[] _headers;
    private readonly byte[] _body;
    private readonly TcpBackend _server;

    /// <param name="headers">A header block in HPACK.</param>
    /// <param name="body">Sent in one frame.</param>
    public RawHttp2Backend(byte[] headers, string body)
    {
        _headers = headers;
        _body = Encoding.Latin1.GetBytes(body);
        _server = new TcpBackend(ServeAsync);
    }

    public string Url => _server.Url;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task ServeAsync(TcpClient client, CancellationToken cancellationToken)
    {
        var stream = client.GetStream();
        await stream.ReadExactlyAsync(new byte[PrefaceLength], cancellationToken);
        await WriteAsync(stream, Settings, flags: 0, streamId: 0, [], cancellationToken);
        var head = new byte[9];
        while (true)
        {
            await stream.ReadExactlyAsync(head, cancellationToken);
            await stream.ReadExactlyAsync(new byte[(head[0] << 16) | (head[1] << 8) | head[2]], cancellationToken);
            if (head[3] == Settings && (head[4] & Acknowledge) == 0)
            {
                await WriteAsync(stream, Settings, Acknowledge, streamId: 0, [], cancellationToken);
            }
            else if (head[3] == Headers)
            {
                var streamId = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5));
                await WriteAsync(stream, Headers, EndHeaders, streamId, _headers, cancellationToken);
                await WriteAsync(stream, Data, EndStream, streamId, _body, cancellationToken);
            }
        }
    }

    private static async Task WriteAsync(NetworkStream stream, byte type, byte flags, int streamId, byte[] payload, CancellationToken cancellationToken)
    {
        var frame = new byte[9 + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8);
        (frame[3], frame[4]) = (type, flags);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), streamId);
        payload.CopyTo(frame, 9);
        await stream.WriteAsync(frame, cancellationToken);
    }
}
