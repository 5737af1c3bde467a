using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Eventicat.Fuzzing.Target;

namespace Eventicat.Fuzzing.Answers;

/// <summary>A backend that answers whatever it was told to, byte for byte: the request names its answer in its query.</summary>
internal sealed class OddBackend : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    public OddBackend()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Authority => _listener.LocalEndpoint.ToString()!;

    /// <value>By marker. Each is used for as long as it is here.</value>
    public ConcurrentDictionary<string, BackendAnswer> Answers { get; } = new(StringComparer.Ordinal);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                client.NoDelay = true;
                var stream = client.GetStream();
                var buffer = new byte[16 * 1024];
                var received = "";
                while (await stream.ReadAsync(buffer, _stop.Token) is var length and > 0)
                {
                    received += Encoding.Latin1.GetString(buffer, 0, length);
                    if (StrictRequest.Read(received, out var request, out _) is not null)
                    {
                        return;
                    }

                    if (request is null)
                    {
                        continue;
                    }

                    received = received[request.Bytes.Length..];
                    var answer = Answers[OracleBackend.MarkersIn(request.Line)[0]];
                    await stream.WriteAsync(Encoding.Latin1.GetBytes(answer.Bytes), _stop.Token);
                    if (answer.Closes)
                    {
                        return;
                    }
                }
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException or SocketException)
            {
                // The gateway has gone.
            }
        }
    }
}

/// <param name="Bytes">Latin-1.</param>
/// <param name="Closes">Whether the connection ends after it.</param>
internal sealed record BackendAnswer(string Bytes, bool Closes);
