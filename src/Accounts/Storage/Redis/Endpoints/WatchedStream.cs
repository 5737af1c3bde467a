using System.Runtime.CompilerServices;

namespace Eventicat.Accounts.Storage.Redis.Endpoints;

/// <summary>The stream of a connection, which counts what goes through it. TLS goes on top.</summary>
internal sealed class WatchedStream(Stream inner, RedisLine line, Action<RedisLine> closed) : Stream
{
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
        line.ReadBegins();
        var read = 0;
        try
        {
            return read = inner.Read(buffer);
        }
        finally
        {
            ReadEnds(read, buffer.Length);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        line.ReadBegins();
        var read = 0;
        try
        {
            return read = await inner.ReadAsync(buffer, cancellationToken);
        }
        finally
        {
            ReadEnds(read, buffer.Length);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        inner.Write(buffer);
        line.Wrote(buffer.Length);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var writing = inner.WriteAsync(buffer, cancellationToken);
        // Also where the server takes no more: it then has all of the earlier calls to answer.
        line.Wrote(buffer.Length);
        await writing;
    }

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>A connection at its end is not waited for: whoever closes it need not dispose of the stream.</summary>
    private void ReadEnds(int read, int room)
    {
        line.ReadEnds(read);
        if (read == 0 && room > 0)
        {
            closed(line);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            closed(line);
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
