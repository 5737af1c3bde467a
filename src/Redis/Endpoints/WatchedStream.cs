using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Eventicat.Redis.Endpoints;

/// <summary>
/// The stream of one open connection. It counts what goes through it, and tells silence apart from an answer that this
/// process has not got round to. TLS goes on top.
/// </summary>
internal sealed class WatchedStream(Stream inner, Socket? socket, RedisLine line) : Stream
{
    private int _reading;

    /// <value>
    /// Whether something has come in that was not handled yet: it is in the socket, or the client is not back waiting
    /// for more since it took it out.
    /// </value>
    public bool HasUnread => Volatile.Read(ref _reading) == 0 || CountAvailable() != 0;

    public override bool CanRead => inner.CanRead;

    public override bool CanWrite => inner.CanWrite;

    public override bool CanSeek => false;

    public override bool CanTimeout => inner.CanTimeout;

    public override int ReadTimeout
    {
        get => inner.ReadTimeout;
        set => inner.ReadTimeout = value;
    }

    public override int WriteTimeout
    {
        get => inner.WriteTimeout;
        set => inner.WriteTimeout = value;
    }

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        Volatile.Write(ref _reading, 1);
        var read = 0;
        try
        {
            return read = inner.Read(buffer);
        }
        finally
        {
            ReadEnds(read);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Volatile.Write(ref _reading, 1);
        var read = 0;
        try
        {
            return read = await inner.ReadAsync(buffer, cancellationToken);
        }
        finally
        {
            ReadEnds(read);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        inner.Write(buffer);
        line.Wrote(this, buffer.Length);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var writing = inner.WriteAsync(buffer, cancellationToken);
        // Also where the server takes no more: it then has all of the earlier calls to answer.
        line.Wrote(this, buffer.Length);
        await writing;
    }

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private void ReadEnds(int bytes)
    {
        line.Took(bytes);
        Volatile.Write(ref _reading, 0);
    }

    private int CountAvailable()
    {
        try
        {
            return socket?.Available ?? 0;
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Being closed: the client is about to see that too.
            return 0;
        }
    }
}
