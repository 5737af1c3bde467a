using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Eventicat.Fuzzing.Model;

namespace Eventicat.Fuzzing.Wire;

/// <summary>One client's HTTP/1.1 connection, opened again when the gateway has closed it.</summary>
internal sealed class Http1Connection(Uri url) : IDisposable
{
    private readonly byte[] _buffer = new byte[16 * 1024];
    private TcpClient? _client;
    private NetworkStream? _stream;
    private string _received = "";
    private bool _isEnded;

    /// <summary>Sends the bytes, and reads an answer for each request that they hold, as far as answers come.</summary>
    /// <exception cref="OperationCanceledException">An answer that was due did not come.</exception>
    public async Task<List<ClientAnswer>> SendAsync(string bytes, IReadOnlyList<ClientRequest> requests, CancellationToken cancellationToken)
    {
        var answers = await TrySendAsync(bytes, requests, cancellationToken);
        if (answers is null)
        {
            // The connection was idle, and the gateway had closed it meanwhile.
            answers = await TrySendAsync(bytes, requests, cancellationToken) ?? [];
        }

        if (requests[^1].IsLast || requests[^1].Reading != Reading.Whole || answers.Count < requests.Count)
        {
            Close();
        }

        return answers;
    }

    public void Dispose() => Close();

    private async Task<List<ClientAnswer>?> TrySendAsync(string bytes, IReadOnlyList<ClientRequest> requests, CancellationToken cancellationToken)
    {
        var isFresh = _client is null;
        if (isFresh)
        {
            _client = new TcpClient { NoDelay = true };
            await _client.ConnectAsync(url.Host, url.Port, cancellationToken);
            (_stream, _received, _isEnded) = (_client.GetStream(), "", false);
        }

        var answers = new List<ClientAnswer>();
        try
        {
            await _stream!.WriteAsync(Encoding.Latin1.GetBytes(bytes), cancellationToken);
            foreach (var request in requests)
            {
                if (request.Reading is Reading.Incomplete or Reading.BrokenBody)
                {
                    // Nothing more comes; the gateway need not wait for it.
                    _client!.Client.Shutdown(SocketShutdown.Send);
                }

                if (await ReadAnswerAsync(request.Method, cancellationToken) is not { } answer)
                {
                    break;
                }

                answers.Add(answer);
                if (_isEnded)
                {
                    break;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            _isEnded = true;
        }

        if (_isEnded)
        {
            Close();
        }

        return answers.Count == 0 && !isFresh && _client is null ? null : answers;
    }

    private async Task<ClientAnswer?> ReadAnswerAsync(string method, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryParse(method, out var answer))
            {
                _isEnded |= answer.Value("Connection") is { } connection && connection.Is("close");
                return answer;
            }

            if (_isEnded)
            {
                return _received.Length > 0 ? new ClientAnswer(ReadStatus(), ReadFields(), _received, IsCut: true) : null;
            }

            try
            {
                var length = await _stream!.ReadAsync(_buffer, cancellationToken);
                _received += Encoding.Latin1.GetString(_buffer, 0, length);
                _isEnded |= length == 0;
            }
            catch (IOException)
            {
                _isEnded = true;
            }
        }
    }

    private int ReadStatus() => _received.Length > 12 && int.TryParse(_received.AsSpan(9, 3), out var status) ? status : 0;

    private List<(string Name, string Value)> ReadFields()
    {
        var end = _received.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var lines = end < 0 ? [] : _received[..end].Split("\r\n").Skip(1);
        return [.. lines.Select(line => line.Split(':', 2)).Select(pair => (pair[0], pair.ElementAtOrDefault(1)?.Trim(' ', '\t') ?? ""))];
    }

    private bool TryParse(string method, out ClientAnswer answer)
    {
        answer = ClientAnswer.None;
        var end = _received.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return false;
        }

        var status = ReadStatus();
        if (status is >= 100 and < 200 and not 101)
        {
            _received = _received[(end + 4)..];
            return TryParse(method, out answer);
        }

        answer = new ClientAnswer(status, ReadFields(), "");
        var at = end + 4;
        var body = new StringBuilder();
        if (method == "HEAD" || status is 204 or 304 or 101)
        {
            // No body, whatever its length would be.
        }
        else if (answer.Value("Transfer-Encoding") is not null)
        {
            if (!TryReadChunks(ref at, body))
            {
                return false;
            }
        }
        else if (answer.Value("Content-Length") is { } text)
        {
            var length = int.Parse(text, CultureInfo.InvariantCulture);
            if (_received.Length < at + length)
            {
                return false;
            }

            body.Append(_received, at, length);
            at += length;
        }

        answer = answer with { Body = body.ToString() };
        _received = _received[at..];
        return true;
    }

    private bool TryReadChunks(ref int at, StringBuilder body)
    {
        while (_received.IndexOf("\r\n", at, StringComparison.Ordinal) is var end and >= 0)
        {
            var size = int.Parse(_received.AsSpan(at, end - at), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            at = end + 2;
            if (size == 0)
            {
                // Trailers, up to an empty line.
                while (_received.IndexOf("\r\n", at, StringComparison.Ordinal) is var next and >= 0)
                {
                    var isEmpty = next == at;
                    at = next + 2;
                    if (isEmpty)
                    {
                        return true;
                    }
                }

                return false;
            }

            if (_received.Length < at + size + 2)
            {
                return false;
            }

            body.Append(_received, at, size);
            at += size + 2;
        }

        return false;
    }

    private void Close()
    {
        _client?.Dispose();
        _client = null;
    }
}
