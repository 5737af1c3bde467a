using Eventicat.Fuzzing.Inputs;
using Eventicat.Fuzzing.Model;
using Eventicat.Fuzzing.Target;
using Eventicat.Fuzzing.Wire;

namespace Eventicat.Fuzzing.Answers;

/// <summary>One client that asks for odd answers, and judges what it gets.</summary>
internal sealed class AnswerProber(FuzzGateway gateway, OddBackend backend, AnswerGenerator generator, Tally tally) : IAsyncDisposable
{
    private const int Retries = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>What the gateway itself puts on an answer.</summary>
    private static readonly HashSet<string> Own = new(StringComparer.OrdinalIgnoreCase)
    {
        "Date", "Content-Length", "Content-Type", "Transfer-Encoding", "Connection", "Cache-Control", "Retry-After", "X-Request-Id", "X-RateLimit-Limit", "X-RateLimit-Remaining",
        "X-RateLimit-Reset", "RateLimit", "RateLimit-Policy", "Trailer",
    };

    private static readonly string[] DroppedPrefixes = ["X-RateLimit-", "RateLimit", "Access-Control-", "X-Eventicat-"];

    private static readonly HashSet<string> Dropped = new(StringComparer.OrdinalIgnoreCase)
    {
        "X-Request-Id", "Server", "X-Powered-By", "Connection", "Keep-Alive", "Transfer-Encoding", "Upgrade", "Proxy-Connection", "Trailer", "Content-Length", "Date",
        "Proxy-Authenticate", "Alt-Svc", "Strict-Transport-Security",
    };

    private readonly Http1Connection _http1 = new(gateway.Http1);
    private readonly Http2Connection _http2 = new(gateway.Http2);

    public async Task<Failure?> ProbeAsync(int index)
    {
        var marker = Prober.MarkerOf(index);
        var (method, answer) = generator.Create(index, marker);
        backend.Answers[marker] = answer;
        var isHttp2 = index % 2 == 1;
        (string, string)? fault;
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            var expected = AnswerModel.Read(answer, method);
            var got = await SendAsync(method, marker, isHttp2, patience.Token);
            for (var i = 0; i < Retries && got.Status == 502 && expected.MustPass; i++)
            {
                // An earlier answer's connection was closed as this request went out, and a POST is never sent again; or
                // the machine is busy, and connecting takes too long.
                got = await SendAsync(method, marker, isHttp2, patience.Token);
            }

            tally.CountAnswer(isHttp2, got.Status);
            fault = Judge(expected, got, marker, method);
        }
        catch (OperationCanceledException)
        {
            fault = ("an odd answer hangs", "");
        }

        backend.Answers.TryRemove(marker, out _);
        return fault is var (kind, detail)
            ? new Failure(kind, $"{(isHttp2 ? "HTTP/2" : "HTTP/1.1")} {method}: '{(answer.Bytes.Length > 500 ? answer.Bytes[..500] : answer.Bytes)}'{(answer.Closes ? " and close" : "")} became {detail}", index, Input: null)
            : null;
    }

    public async ValueTask DisposeAsync()
    {
        _http1.Dispose();
        await _http2.DisposeAsync();
    }

    private async Task<ClientAnswer> SendAsync(string method, string marker, bool isHttp2, CancellationToken cancellationToken)
    {
        var target = $"/api/event?_id={FuzzGateway.Aggregator}&answer={marker}";
        if (isHttp2)
        {
            return await _http2.SendAsync(
                new Http2Input([(":method", method), (":scheme", "http"), (":authority", "gateway"), (":path", target), ("authorization", $"Bearer {FuzzGateway.Key}")], method == "POST" ? ["{}"] : null),
                cancellationToken);
        }

        var request = $"{method} {target} HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer {FuzzGateway.Key}\r\n{(method == "POST" ? "Content-Length: 2\r\n\r\n{}" : "\r\n")}";
        var answers = await _http1.SendAsync(request, Http1Reader.Read(request), cancellationToken);
        return answers is [var only, ..] ? only : ClientAnswer.None;
    }

    private static (string Kind, string Detail)? Judge(AnswerExpectation expected, ClientAnswer got, string marker, string method)
    {
        if (OracleBackend.MarkersIn($"{got.Body} {string.Join(' ', got.Fields)}").Any(other => other != marker))
        {
            return ("a client got bytes of another answer", got.ToString());
        }

        if (got.Value("X-Request-Id") is null && got.Status != 0)
        {
            return ("an answer without the gateway's id", got.ToString());
        }

        var isOurs = got.Status == 502 && got.Value("X-B-Marker") is null;
        if (isOurs)
        {
            if (expected.MustPass)
            {
                return ("a good answer became a 502", got.ToString());
            }

            return got.Fields.FirstOrDefault(field => !Own.Contains(field.Name)) is { Name: { } name } left
                ? ("a 502 with leftovers of the backend's answer", $"{name}: {left.Value}")
                : method != "HEAD" && got.Value("Content-Length") != got.Body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture)
                    ? ("a 502 that is not whole", got.ToString())
                    : null;
        }

        if (!expected.MayPass)
        {
            return ("a bad answer was passed on", got.ToString());
        }

        return got.Status switch
        {
            0 when expected.MustPass => ("a good answer became none", got.ToString()),
            0 => null,
            _ when expected.Status < 0 => null,
            _ when got.Status != expected.Status => ("another status was passed on", got.ToString()),
            _ when (got.IsCut && expected.MustPass) || (!got.IsCut && got.Body != expected.Body && method != "HEAD") => ("another body was passed on", $"{got} instead of '{expected.Body}'"),
            _ => CompareFields(expected, got),
        };
    }

    private static (string Kind, string Detail)? CompareFields(AnswerExpectation expected, ClientAnswer got)
    {
        if (got.IsCut)
        {
            return null;
        }

        var due = expected.Fields.Where(field => !IsDropped(field.Name)).GroupBy(field => field.Name.ToLowerInvariant(), StringComparer.Ordinal);
        foreach (var group in due)
        {
            var values = got.Fields.Where(field => field.Name.Is(group.Key)).Select(field => field.Value);
            if (string.Join(", ", values).Trim() != string.Join(", ", group.Select(field => field.Value)).Trim())
            {
                return ("a header of the answer was changed", $"{group.Key}: '{string.Join('|', values)}'");
            }
        }

        return got.Fields.FirstOrDefault(field => !Own.Contains(field.Name) && !expected.Fields.Any(other => other.Name.Is(field.Name) && !IsReserved(field.Name))) is { Name: { } name } left
            ? ("a header was passed on that must not be", $"{name}: {left.Value}")
            : null;
    }

    /// <summary>What is not passed on, and what the platform may drop or make anew.</summary>
    private static bool IsDropped(string name) => IsReserved(name) || Dropped.Contains(name);

    private static bool IsReserved(string name)
    {
        var plain = name.Replace('_', '-');
        return plain.Is("Server") || plain.Is("X-Powered-By") || plain.Is("X-Request-Id") || DroppedPrefixes.Any(prefix => plain.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
    }
}
