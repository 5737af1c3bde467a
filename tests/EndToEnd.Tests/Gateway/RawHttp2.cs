using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Eventicat.EndToEnd.Tests.Gateway;

/// <summary>HTTP/2 by hand, without TLS: which frames come, and when, is what no HTTP library shows.</summary>
internal sealed class RawHttp2 : IDisposable
{
    public const byte Data = 0;
    public const byte Headers = 1;
    public const byte Settings = 4;
    public const byte GoAway = 7;

    private const byte EndOfStream = 0x1;
    private const byte EndOfHeaders = 0x4;
    private const byte Acknowledged = 0x1;

    private readonly TcpClient _client = new();

    private RawHttp2()
    {
    }

    public static async Task<RawHttp2> ConnectAsync(Uri url, CancellationToken cancellationToken)
    {
        var connection = new RawHttp2();
        await connection._client.ConnectAsync(url.Host, url.Port, cancellationToken);
        await connection._client.GetStream().WriteAsync(Encoding.ASCII.GetBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), cancellationToken);
        await connection.WriteAsync(Settings, 0, 0, [], cancellationToken);
        return connection;
    }

    public Task GetAsync(int stream, string path, CancellationToken cancellationToken) => WriteAsync(
        Headers, EndOfHeaders | EndOfStream, stream,
        [.. Field(":method", "GET"), .. Field(":scheme", "http"), .. Field(":authority", "x"), .. Field(":path", path)],
        cancellationToken);

    /// <returns>The next frame that is neither about settings nor about windows; <c>null</c> at the end of the connection.</returns>
    public async Task<Frame?> ReadAsync(CancellationToken cancellationToken)
    {
        var head = new byte[9];
        while (await _client.GetStream().ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken) == head.Length)
        {
            var payload = new byte[(head[0] << 16) | (head[1] << 8) | head[2]];
            await _client.GetStream().ReadExactlyAsync(payload, cancellationToken);
            var frame = new Frame(head[3], head[4], BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5)) & int.MaxValue, payload);
            if (frame is { Type: Settings, Flags: 0 })
            {
                await WriteAsync(Settings, Acknowledged, 0, [], cancellationToken);
            }
            else if (frame.Type is Data or Headers or GoAway)
            {
                return frame;
            }
        }

        return null;
    }

    public void Dispose() => _client.Dispose();

    private async Task WriteAsync(byte type, int flags, int stream, byte[] payload, CancellationToken cancellationToken)
    {
        byte[] head = [(byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length, type, (byte)flags, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(5), stream);
        await _client.GetStream().WriteAsync((byte[])[.. head, .. payload], cancellationToken);
    }

    /// <summary>HPACK's plainest form: a literal name and value, in no table.</summary>
    private static byte[] Field(string name, string value) =>
        [0, (byte)name.Length, .. Encoding.ASCII.GetBytes(name), (byte)value.Length, .. Encoding.ASCII.GetBytes(value)];

    internal sealed record Frame(byte Type, byte Flags, int Stream, byte[] Payload)
    {
        public bool EndsStream => Type is Data or Headers && (Flags & EndOfStream) != 0;
    }
}
