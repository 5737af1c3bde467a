using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Eventicat.TestSupport.Http;

/// <summary>
/// One HTTP/2 connection that sends exactly what it is told to: any field in any order, with any bytes, and any frame.
/// Over <c>http</c> by prior knowledge, over <c>https</c> by ALPN. Several streams may be open at
/// once. It keeps no flow control of its own: what it sends at once must fit into the server's window.
/// </summary>
public sealed class RawHttp2Client : IAsyncDisposable
{
    private const byte Data = 0, Headers = 1, Reset = 3, Settings = 4, Ping = 6, GoAway = 7, WindowUpdate = 8, Continuation = 9;
    private const byte EndStream = 1, Ack = 1, EndHeaders = 4, Padded = 8, Priority = 0x20;
    private const int FrameHeader = 9, MaxFrame = 16 * 1024, LargestWindow = int.MaxValue;

    private readonly TcpClient _tcp;
    private readonly Stream _stream;
    private readonly ConcurrentDictionary<int, RawHttp2Stream> _streams = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _reading;
    private int _lastStream = -1;
    private int _lastAnswered;
    private volatile bool _isClosed;

    private RawHttp2Client(TcpClient tcp, Stream stream)
    {
        _tcp = tcp;
        _stream = stream;
        _reading = ReadAsync();
    }

    /// <value>The error code of the server's GOAWAY; <c>null</c> while there was none.</value>
    public uint? GoneAway { get; private set; }

    /// <value>Whether the server has ended the connection.</value>
    public bool IsClosed => _isClosed;

    /// <value>What the server has announced.</value>
    public ConcurrentDictionary<ushort, uint> ServerSettings { get; } = new();

    public static async Task<RawHttp2Client> ConnectAsync(Uri url, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(url);
        var tcp = new TcpClient { NoDelay = true };
        try
        {
            await tcp.ConnectAsync(url.Host, url.Port, cancellationToken);
            Stream stream = tcp.GetStream();
            if (url.Scheme == Uri.UriSchemeHttps)
            {
                stream = await SecureAsync(stream, cancellationToken);
            }

            // No dynamic table, no push, and windows that no answer fills.
            byte[] settings = [0, 1, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 4, 0x7F, 0xFF, 0xFF, 0xFF];
            var window = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(window, LargestWindow - 65_535);
            await stream.WriteAsync(
                (byte[])[.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Frame(Settings, 0, 0, settings), .. Frame(WindowUpdate, 0, 0, window)], cancellationToken);
            return new RawHttp2Client(tcp, stream);
        }
        catch
        {
            tcp.Dispose();
            throw;
        }
    }

    /// <summary>A whole request, and what came of it.</summary>
    /// <param name="fields">Pseudo headers too, as they are to go out; Latin-1.</param>
    /// <param name="body"><c>null</c>: the stream ends with its headers.</param>
    /// <param name="trailers"><c>null</c>: the stream ends with its body.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<RawHttp2Answer> SendAsync(
        IReadOnlyCollection<(string Name, string Value)> fields,
        string? body = null,
        IReadOnlyCollection<(string Name, string Value)>? trailers = null,
        CancellationToken cancellationToken = default)
    {
        var stream = await StartAsync(fields, body is null && trailers is null, cancellationToken);
        if (body is not null)
        {
            await SendDataAsync(stream, body, trailers is null, cancellationToken);
        }

        if (trailers is not null)
        {
            await SendHeadersAsync(stream, trailers, endStream: true, cancellationToken);
        }

        return await AnswerAsync(stream, cancellationToken);
    }

    /// <returns>The number of the new stream.</returns>
    public async Task<int> StartAsync(
        IReadOnlyCollection<(string Name, string Value)> fields, bool endStream, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            var stream = _lastStream += 2;
            _streams[stream] = new RawHttp2Stream();
            if (IsClosed)
            {
                EndAll(RawHttp2End.Closed);
            }
            else if (GoneAway is { } error)
            {
                EndAll(RawHttp2End.GoneAway, _lastAnswered, error);
            }

            await WriteAsync(HeaderFrames(stream, fields, endStream), cancellationToken);
            return stream;
        }
        finally
        {
            _writing.Release();
        }
    }

    public Task SendHeadersAsync(
        int stream, IReadOnlyCollection<(string Name, string Value)> fields, bool endStream, CancellationToken cancellationToken) =>
        SendAsync(HeaderFrames(stream, fields, endStream), cancellationToken);

    public Task SendDataAsync(int stream, string data, bool endStream, CancellationToken cancellationToken) => SendAsync(
        data is { Length: 0 }
            ? Frame(Data, endStream ? EndStream : (byte)0, stream, [])
            : [.. data.Chunk(MaxFrame).SelectMany((chunk, index) => Frame(
                Data, endStream && (index + 1) * MaxFrame >= data.Length ? EndStream : (byte)0, stream, Encoding.Latin1.GetBytes(chunk)))],
        cancellationToken);

    public Task ResetAsync(int stream, uint error, CancellationToken cancellationToken)
    {
        var payload = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(payload, error);
        return SendAsync(Frame(Reset, 0, stream, payload), cancellationToken);
    }

    /// <summary>One frame of any type, or what looks like one.</summary>
    public Task SendFrameAsync(byte type, byte flags, int stream, byte[] payload, CancellationToken cancellationToken) =>
        SendAsync(Frame(type, flags, stream, payload), cancellationToken);

    /// <summary>Waits until the stream has ended, in whatever way.</summary>
    public Task<RawHttp2Answer> AnswerAsync(int stream, CancellationToken cancellationToken) =>
        _streams[stream].Ended.WaitAsync(cancellationToken);

    /// <summary>What came on a stream so far.</summary>
    public RawHttp2Answer Seen(int stream) => _streams[stream].Seen();

    /// <summary>Forgets a stream whose answer was taken, for connections with very many of them.</summary>
    public void Forget(int stream) => _streams.TryRemove(stream, out _);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _tcp.Dispose();
        await _reading;
        await _stream.DisposeAsync();
        _stop.Dispose();
        _writing.Dispose();
    }

    private static async Task<Stream> SecureAsync(Stream stream, CancellationToken cancellationToken)
    {
        var secure = new SslStream(stream);
        await secure.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                ApplicationProtocols = [SslApplicationProtocol.Http2],
                // The certificate was made for this test; nobody else vouches for it.
                RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate?.Subject == "CN=localhost",
            },
            cancellationToken);
        return secure.NegotiatedApplicationProtocol == SslApplicationProtocol.Http2
            ? secure
            : throw new InvalidOperationException("The server does not speak HTTP/2 here.");
    }

    private static byte[] Frame(byte type, byte flags, int stream, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[FrameHeader + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8);
        frame[3] = type;
        frame[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame.AsSpan(FrameHeader));
        return frame;
    }

    private static byte[] HeaderFrames(int stream, IEnumerable<(string Name, string Value)> fields, bool endStream)
    {
        var block = HPack.Encode(fields);
        using var frames = new MemoryStream();
        for (var start = 0; start == 0 || start < block.Length; start += MaxFrame)
        {
            var part = block.AsSpan(start, Math.Min(MaxFrame, block.Length - start));
            var flags = (start + part.Length == block.Length ? EndHeaders : 0) | (start == 0 && endStream ? EndStream : 0);
            frames.Write(Frame(start == 0 ? Headers : Continuation, (byte)flags, stream, part));
        }

        return frames.ToArray();
    }

    private async Task SendAsync(byte[] frames, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await WriteAsync(frames, cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task WriteAsync(byte[] frames, CancellationToken cancellationToken)
    {
        try
        {
            await _stream.WriteAsync(frames, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The server has closed; how each stream ended says its answer.
        }
    }

    private async Task ReadAsync()
    {
        var head = new byte[FrameHeader];
        try
        {
            while (true)
            {
                await _stream.ReadExactlyAsync(head, _stop.Token);
                var payload = new byte[BinaryPrimitives.ReadInt32BigEndian(head) >>> 8];
                await _stream.ReadExactlyAsync(payload, _stop.Token);
                await TakeAsync(head[3], head[4], BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5)), payload);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The connection has ended, on one side or the other.
        }
        finally
        {
            _isClosed = true;
            EndAll(RawHttp2End.Closed);
        }
    }

    private async Task TakeAsync(byte type, byte flags, int stream, byte[] payload)
    {
        var ends = (flags & EndStream) != 0;
        switch (type)
        {
            case Settings when (flags & Ack) == 0:
                for (var at = 0; at < payload.Length; at += 6)
                {
                    ServerSettings[BinaryPrimitives.ReadUInt16BigEndian(payload.AsSpan(at))] = BinaryPrimitives.ReadUInt32BigEndian(payload.AsSpan(at + 2));
                }

                await SendAsync(Frame(Settings, Ack, 0, []), _stop.Token);
                break;
            case Ping when (flags & Ack) == 0:
                await SendAsync(Frame(Ping, Ack, 0, payload), _stop.Token);
                break;
            case GoAway:
                _lastAnswered = BinaryPrimitives.ReadInt32BigEndian(payload);
                GoneAway = BinaryPrimitives.ReadUInt32BigEndian(payload.AsSpan(4));
                EndAll(RawHttp2End.GoneAway, _lastAnswered, GoneAway.Value);
                break;
            case Headers or Continuation when _streams.TryGetValue(stream, out var target):
                target.TakeHeaders(Unpadded(flags, payload), (flags & EndHeaders) != 0, type == Headers && ends);
                break;
            case Data:
                if (_streams.TryGetValue(stream, out var receiver))
                {
                    receiver.TakeData(Unpadded(flags, payload), ends);
                }

                if (payload.Length > 0)
                {
                    // The stream's window is never used up; the connection's is given back.
                    var window = new byte[4];
                    BinaryPrimitives.WriteInt32BigEndian(window, payload.Length);
                    await SendAsync(Frame(WindowUpdate, 0, 0, window), _stop.Token);
                }

                break;
            case Reset when _streams.TryGetValue(stream, out var reset):
                reset.Finish(RawHttp2End.Reset, BinaryPrimitives.ReadUInt32BigEndian(payload));
                break;
        }
    }

    private static byte[] Unpadded(byte flags, byte[] payload)
    {
        var start = (flags & Padded) != 0 ? 1 : 0;
        var padding = start == 1 ? payload[0] : 0;
        start += (flags & Priority) != 0 ? 5 : 0;
        return start == 0 ? payload : payload[start..^padding];
    }

    private void EndAll(RawHttp2End end, int after = 0, uint error = 0)
    {
        foreach (var (number, stream) in _streams)
        {
            if (number > after)
            {
                stream.Finish(end, error);
            }
        }
    }
}
