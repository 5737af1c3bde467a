using System.Net.Sockets;

namespace Eventicat.Redis.Endpoints;

/// <summary>
/// The way from one client to one server, over its connections one after the other: the calls in flight on it, and
/// whether it is silent. It lives as long as its client, and nobody has to be told that a connection is over.
/// </summary>
internal sealed class RedisLine(Func<TimeSpan> readPressure)
{
    private readonly RedisSilence _silence = new(readPressure);
    private volatile WatchedStream? _last;
    private long _written;
    private long _read;

    /// <value>The oldest first. Under the lock of the server.</value>
    public LinkedList<RedisCall> InFlight { get; } = new();

    /// <value>Of bytes, in all.</value>
    public long Written => Volatile.Read(ref _written);

    /// <inheritdoc cref="RedisSilence.Since"/>
    public long SilentSince => _silence.Since;

    public Stream Watch(Stream stream, Socket? socket) => new WatchedStream(stream, socket, this);

    /// <param name="stream">The connection that calls go over from now on: one that is given up is written to no more.</param>
    /// <param name="bytes">How many.</param>
    public void Wrote(WatchedStream stream, int bytes)
    {
        _last = stream;
        Interlocked.Add(ref _written, bytes);
    }

    public void Took(int bytes) => Interlocked.Add(ref _read, bytes);

    /// <inheritdoc cref="RedisSilence.Look"/>
    public bool Look(long now, TimeSpan elapsed, TimeSpan interval, TimeSpan deadline)
    {
        var isWaiting = InFlight.First is { Value.WrittenBefore: var before } && Written > before && _last is { HasUnread: false };
        return _silence.Look(isWaiting, Volatile.Read(ref _read), now, elapsed, interval, deadline);
    }
}
