using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Eventicat.TestSupport.Redis;

/// <summary>
/// One address in front of several servers, as a virtual IP or a service has it: connections stay with the server that
/// they were made to, and new ones go to where the address leads by then.
/// </summary>
public sealed class MovingAddress : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;
    private volatile RedisServer _leadsTo;
    private int _dials;
    private int _holes;

    public MovingAddress(RedisServer leadsTo)
    {
        _leadsTo = leadsTo;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Connection => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <value>How many connections were made so far.</value>
    public int Dials => Volatile.Read(ref _dials);

    /// <summary>The connections made so far stay open, and whatever is sent on them goes nowhere.</summary>
    public void ForgetConnections() => Volatile.Write(ref _holes, Dials);

    public void MoveTo(RedisServer server) => _leadsTo = server;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                connections.Add(ServeAsync(client, _leadsTo.Port, Interlocked.Increment(ref _dials)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopping.
        }

        await Task.WhenAll(connections);
    }

    private async Task ServeAsync(TcpClient client, int port, int number)
    {
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, port, _stopping.Token);
                var (front, back) = (client.GetStream(), server.GetStream());
                // Either end closes both.
                await await Task.WhenAny(PumpAsync(front, back, number), PumpAsync(back, front, number));
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException)
            {
                // Closed, or the server is not there.
            }
        }
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, int number)
    {
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await from.ReadAsync(buffer, _stopping.Token)) > 0)
        {
            if (number > Volatile.Read(ref _holes))
            {
                await to.WriteAsync(buffer.AsMemory(0, read), _stopping.Token);
            }
        }
    }
}
