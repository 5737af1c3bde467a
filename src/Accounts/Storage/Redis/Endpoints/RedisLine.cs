using System.Net.Sockets;

namespace Eventicat.Accounts.Storage.Redis.Endpoints;

/// <summary>
/// The traffic of one open connection, as far as it tells silence apart from an answer that this process has not got
/// round to: bytes handed to the socket, bytes taken from it, and whether the client waits for more.
/// </summary>
internal sealed class RedisLine(Socket? socket)
{
    private long _written;
    private long _read;
    private int _reading;

    public long Written => Volatile.Read(ref _written);

    public long Read => Volatile.Read(ref _read);

    /// <value>
    /// Whether something has come in that was not handled yet: it is in the socket, or the client is not back waiting
    /// for more since it took it out.
    /// </value>
    public bool HasUnread => Volatile.Read(ref _reading) == 0 || CountAvailable() != 0;

    public void Wrote(int bytes) => Interlocked.Add(ref _written, bytes);

    public void ReadBegins() => Volatile.Write(ref _reading, 1);

    public void ReadEnds(int bytes)
    {
        Interlocked.Add(ref _read, bytes);
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
