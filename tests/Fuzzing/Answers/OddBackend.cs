using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Eventicat.Fuzzing.Target;
using Eventicat.TestSupport.Http;

namespace Eventicat.Fuzzing.Answers;

/// <summary>A backend that answers whatever it was told to, byte for byte: the request names its answer in its query.</summary>
internal sealed class OddBackend : IAsyncDisposable
{
    private readonly TcpBackend _server;

    public OddBackend()
    {
        _server = new TcpBackend(ServeAsync);
    }

    public string Authority => _server.Authority;

    /// <value>By marker. Each is used for as long as it is here.</value>
    public ConcurrentDictionary<string, BackendAnswer> Answers { get; } = new(StringComparer.Ordinal);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task ServeAsync(TcpClient client, CancellationToken cancellationToken)
    {
        var stream = client.GetStream();
        var buffer = new byte[16 * 1024];
        var received = "";
        while (await stream.ReadAsync(buffer, cancellationToken) is var length and > 0)
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
            await stream.WriteAsync(Encoding.Latin1.GetBytes(answer.Bytes), cancellationToken);
            if (answer.Closes)
            {
                return;
            }
        }
    }
}

/// <param name="Bytes">Latin-1.</param>
/// <param name="Closes">Whether the connection ends after it.</param>
internal sealed record BackendAnswer(string Bytes, bool Closes);
