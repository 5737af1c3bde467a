using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Eventicat.Control.Tests.AccountStorage.Redis;

/// <summary>
/// Stands between one client and Redis, and ends the client as a kill would: so many commands are passed on, and
/// nothing after them. What was passed on is carried out.
/// </summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    /// <summary>What the client's library sends by itself, at times of its own.</summary>
    private static readonly HashSet<string> Uncounted =
        new(["AUTH", "CLIENT", "CLUSTER", "CONFIG", "ECHO", "HELLO", "INFO", "PING", "SELECT", "SENTINEL", "SUBSCRIBE"], StringComparer.Ordinal);

    private static readonly TimeSpan Hold = TimeSpan.FromMilliseconds(200);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly (string Host, int Port) _server;
    private readonly List<Task> _connections = [];
    private readonly TaskCompletionSource _cut = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _accepting;
    private int _left = int.MaxValue;
    private volatile bool _isHolding;
    private volatile bool _isWaiting;
    private int _roundTrips;

    public CuttingProxy(string server)
    {
        var address = server.Split(',')[0].Split(':');
        _server = (address[0], int.Parse(address[1], System.Globalization.CultureInfo.InvariantCulture));
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Connection => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public bool IsCut => _cut.Task.IsCompleted;

    /// <summary>From now on, passes so many commands.</summary>
    public void CutAfter(int commands) => Volatile.Write(ref _left, commands);

    /// <value>How often somebody waited since <see cref="CountRoundTrips"/>. Commands sent together are waited for together.</value>
    public int RoundTrips => Volatile.Read(ref _roundTrips);

    /// <summary>From now on holds answers back for so long that nothing that is sent without waiting for them comes after them.</summary>
    public void CountRoundTrips() => _isHolding = true;

    /// <summary>Waits until Redis has done all that was passed on.</summary>
    public async ValueTask DisposeAsync()
    {
        Cut();
        await _accepting;
        await Task.WhenAll(_connections);
    }

    private void Cut()
    {
        _cut.TrySetResult();
        _listener.Stop();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(CancellationToken.None)));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            await server.ConnectAsync(_server.Host, _server.Port, CancellationToken.None);
            var answers = AnswerAsync(server.GetStream(), client.GetStream());
            await Task.WhenAny(PassAsync(client.GetStream(), server.GetStream()), _cut.Task);
            // The end of the client as Redis sees it; its own end of the connection says that it has read everything.
            server.Client.Shutdown(SocketShutdown.Send);
            client.Close();
            await answers;
        }
    }

    private async Task PassAsync(NetworkStream client, NetworkStream server)
    {
        try
        {
            using var reader = new BufferedStream(client, 1 << 16);
            while (await Task.Run(() => ReadCommand(reader)) is { } command)
            {
                if (!Uncounted.Contains(command.Name) && Interlocked.Decrement(ref _left) < 0)
                {
                    Cut();
                    return;
                }

                if (_isHolding && !_isWaiting && !Uncounted.Contains(command.Name))
                {
                    _isWaiting = true;
                    Interlocked.Increment(ref _roundTrips);
                }

                await server.WriteAsync(command.Bytes, CancellationToken.None);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The client has left.
        }
    }

    private async Task AnswerAsync(NetworkStream server, NetworkStream client)
    {
        var buffer = new byte[1 << 16];
        try
        {
            while (await server.ReadAsync(buffer, CancellationToken.None) is > 0 and var count)
            {
                if (_isHolding)
                {
                    await Task.Delay(Hold, TimeProvider.System);
                    _isWaiting = false;
                }

                try
                {
                    await client.WriteAsync(buffer.AsMemory(0, count), CancellationToken.None);
                }
                catch (Exception exception) when (exception is IOException or ObjectDisposedException)
                {
                    // The client has left; Redis goes on.
                }
            }
        }
        catch (IOException)
        {
            // Redis has left.
        }
    }

    /// <summary>An array of bulk strings, as every client sends its commands.</summary>
    private static (string Name, byte[] Bytes)? ReadCommand(Stream stream)
    {
        using var bytes = new MemoryStream();
        if (ReadNumber(stream, bytes) is not { } parts)
        {
            return null;
        }

        var name = "";
        for (var i = 0; i < parts; i++)
        {
            var part = new byte[ReadNumber(stream, bytes)!.Value + 2];
            stream.ReadExactly(part);
            bytes.Write(part);
            name = i == 0 ? Encoding.ASCII.GetString(part[..^2]).ToUpperInvariant() : name;
        }

        return (name, bytes.ToArray());
    }

    private static int? ReadNumber(Stream stream, MemoryStream copy)
    {
        var digits = new StringBuilder();
        for (var read = stream.ReadByte(); read >= 0; read = stream.ReadByte())
        {
            copy.WriteByte((byte)read);
            if (read == '\n')
            {
                return int.Parse(digits.ToString(), System.Globalization.CultureInfo.InvariantCulture);
            }

            if (char.IsAsciiDigit((char)read))
            {
                digits.Append((char)read);
            }
        }

        return null;
    }
}
