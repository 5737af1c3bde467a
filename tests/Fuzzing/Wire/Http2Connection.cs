using Eventicat.Fuzzing.Inputs;
using Eventicat.TestSupport.Http;

namespace Eventicat.Fuzzing.Wire;

/// <summary>One client's HTTP/2 connection, opened again when the gateway has ended it.</summary>
internal sealed class Http2Connection(Uri url) : IAsyncDisposable
{
    private const int StreamsPerConnection = 500;
    private const uint Cancel = 8;

    private RawHttp2Client? _client;
    private int _streams;

    public string Scheme => url.Scheme;

    /// <exception cref="OperationCanceledException">An answer that was due did not come.</exception>
    public async Task<ClientAnswer> SendAsync(Http2Input input, CancellationToken cancellationToken)
    {
        var client = await ConnectAsync(cancellationToken);
        var isUsed = _streams > 0;
        var (answer, end) = await SendAsync(client, input, cancellationToken);
        if (isUsed && answer.Status == 0 && end is RawHttp2End.GoneAway or RawHttp2End.Closed)
        {
            // An earlier stream was the end of this connection.
            await DisposeAsync();
            (answer, _) = await SendAsync(await ConnectAsync(cancellationToken), input, cancellationToken);
        }

        return answer;
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
        {
            await _client.DisposeAsync();
            _client = null;
        }
    }

    private static async Task<(ClientAnswer Answer, RawHttp2End End)> SendAsync(RawHttp2Client client, Http2Input input, CancellationToken cancellationToken)
    {
        var hasMore = input.Data is not null || input.Trailers is not null || input.IsReset;
        var stream = await client.StartAsync(input.Fields, !hasMore, cancellationToken);
        var data = input.Data ?? [];
        for (var i = 0; i < data.Count; i++)
        {
            await client.SendDataAsync(stream, data[i], !input.IsReset && input.Trailers is null && i == data.Count - 1, cancellationToken);
        }

        if (input.Trailers is { } trailers)
        {
            await client.SendHeadersAsync(stream, trailers, !input.IsReset, cancellationToken);
        }

        if (input.IsReset)
        {
            await client.ResetAsync(stream, Cancel, cancellationToken);
            client.Forget(stream);
            return (ClientAnswer.None, RawHttp2End.Reset);
        }

        if (hasMore && data.Count == 0 && input.Trailers is null)
        {
            await client.SendDataAsync(stream, "", endStream: true, cancellationToken);
        }

        var answer = await client.AnswerAsync(stream, cancellationToken);
        client.Forget(stream);
        var isCut = answer is { Status: > 0, End: not RawHttp2End.Answered } && !IsComplete(answer);
        return (new ClientAnswer(answer.Status, answer.Headers, answer.Body, isCut), answer.End);
    }

    /// <summary>A server may answer early, and then ask the client to send no more.</summary>
    private static bool IsComplete(RawHttp2Answer answer) => answer.End == RawHttp2End.Reset && answer.Header("content-length") == answer.Body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private async Task<RawHttp2Client> ConnectAsync(CancellationToken cancellationToken)
    {
        if (_client is null || _client.IsClosed || _client.GoneAway is not null || ++_streams > StreamsPerConnection)
        {
            await DisposeAsync();
            _streams = 0;
            _client = await RawHttp2Client.ConnectAsync(url, cancellationToken);
        }

        return _client;
    }
}
