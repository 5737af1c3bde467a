using System.Globalization;
using Eventicat.Fuzzing.Inputs;
using Eventicat.Fuzzing.Model;
using Eventicat.Fuzzing.Target;
using Eventicat.Fuzzing.Wire;

namespace Eventicat.Fuzzing;

/// <summary>One client of the gateway: sends inputs, and judges what became of each.</summary>
internal sealed class Prober(FuzzGateway gateway, OracleBackend backend, Tally tally, bool isSecure) : IAsyncDisposable
{
    private static readonly string[] MadeAnew = ["X-Request-Id", "X-Eventicat-Identity", "traceparent", "tracestate", "Request-Id", "Content-Length", "Transfer-Encoding"];

    private const int EveryNthTwice = 50, Repeats = 2;
    public const string Silence = "no answer within 30 s";

    private const string UnreachableKind = "a client causes ";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly GatewayModel _model = new(backend.Authority);
    private Http1Connection _http1 = new(gateway.Http1);
    private Http2Connection _http2 = new(isSecure ? gateway.Tls : gateway.Http2);

    public static string MarkerOf(int index) => string.Create(CultureInfo.InvariantCulture, $"mk{index:x8}z");

    /// <summary>Every broken promise that shows at once.</summary>
    public async Task<List<Failure>> ProbeAsync(FuzzInput input, int index)
    {
        var failures = new List<Failure>();
        var first = await SendAsync(input, index, failures);
        for (var i = 0; i < Repeats && failures.Any(failure => failure.Kind.StartsWith(UnreachableKind, StringComparison.Ordinal)); i++)
        {
            // On a busy machine a connection to the backend may take too long; what an input causes, it causes again.
            var again = new List<Failure>();
            await SendAsync(input, index, again);
            if (again.Count == 0)
            {
                tally.CountUnrepeatable(failures[0].Kind);
            }

            failures = again;
        }

        if (index % EveryNthTwice == 0 && first is not null && failures.Count == 0)
        {
            var second = await SendAsync(input, index, failures);
            if (second is not null && Blank(second) != Blank(first))
            {
                failures.Add(new Failure("the same request twice is not the same", $"'{first.Bytes}' and '{second.Bytes}'", index, input));
            }
        }

        return failures;
    }

    public async ValueTask DisposeAsync()
    {
        _http1.Dispose();
        await _http2.DisposeAsync();
    }

    private async Task<StrictRequest?> SendAsync(FuzzInput input, int index, List<Failure> failures)
    {
        using var patience = new CancellationTokenSource(Patience);
        var marker = MarkerOf(index);
        var filled = Templates.Fill(input, marker, _http2.Scheme);
        StrictRequest? seen = null;
        try
        {
            var (requests, answers) = await ExchangeAsync(filled, patience.Token);
            foreach (var _ in requests.Where(request => request.Reading is Reading.BrokenBody || request.MayBeRefused))
            {
                tally.MayBreak(marker);
            }

            for (var i = 0; i < requests.Count; i++)
            {
                var answer = i < answers.Count ? answers[i] : ClientAnswer.None;
                if (i > 0 && answer == ClientAnswer.None)
                {
                    // The gateway may close after any answer.
                    tally.MayBreak(marker);
                    continue;
                }

                var isReset = filled is Http2Input { IsReset: true };
                if (Judge(requests[i], answer, isReset, out var forwarded) is var (kind, detail))
                {
                    failures.Add(new Failure(kind, detail, index, input));
                }

                seen ??= forwarded;
            }
        }
        catch (OperationCanceledException)
        {
            failures.Add(new Failure(Silence, "", index, input));
            tally.MayBreak(marker);
            await DisposeAsync();
            _http1 = new Http1Connection(gateway.Http1);
            _http2 = new Http2Connection(isSecure ? gateway.Tls : gateway.Http2);
        }

        return seen;
    }

    private async Task<(List<ClientRequest> Requests, List<ClientAnswer> Answers)> ExchangeAsync(FuzzInput input, CancellationToken cancellationToken)
    {
        if (input is Http1Input http1)
        {
            var requests = Http1Reader.Read(http1.Bytes);
            return requests.Count == 0 ? ([], []) : (requests, await _http1.SendAsync(http1.Bytes, requests, cancellationToken));
        }

        var http2 = (Http2Input)input;
        return ([Http2Reader.Read(http2, _http2.Scheme)], [await _http2.SendAsync(http2, cancellationToken)]);
    }

    private (string Kind, string Detail)? Judge(ClientRequest request, ClientAnswer answer, bool isReset, out StrictRequest? seen)
    {
        seen = null;
        var expectation = _model.Judge(request);
        if (answer.Value("X-Request-Id") is { } id)
        {
            backend.Whole.TryRemove(id, out seen);
        }

        tally.Count(request, answer.Status, seen is not null);
        if (answer.Status >= 500 && !expectation.Allows(answer.Status))
        {
            return ($"{UnreachableKind}{answer.Status}", answer.ToString());
        }

        if (seen is not null)
        {
            return JudgeForwarded(request, expectation, seen, answer);
        }

        var isWhole = request.Reading == Reading.Whole;
        return answer.Status switch
        {
            _ when isReset => null,
            0 when isWhole && !expectation.Allows(400) => ("a request has no answer", request.ToString()),
            _ when isWhole && expectation.MustBeForwarded => ("a good request is refused", answer.ToString()),
            200 when request.Reading == Reading.BrokenBody => ("an answer of the backend to what it did not get", answer.ToString()),
            0 => null,
            _ when !expectation.Allows(answer.Status) =>
                ($"refused with {answer.Status} for no such reason", $"{answer}; reasons: {string.Join(' ', expectation.Refusals)}, excuses: {string.Join(' ', expectation.Excuses)}"),
            _ => null,
        };
    }

    private static (string Kind, string Detail)? JudgeForwarded(ClientRequest request, Expectation expectation, StrictRequest seen, ClientAnswer answer)
    {
        if (expectation.MustBeRefused)
        {
            return ($"forwarded what must be refused ({string.Join(' ', expectation.Refusals.Order())})", seen.Bytes);
        }

        if (Comparison.Find(expectation.Forwarded, seen, request.Reading == Reading.BrokenBody) is { } difference)
        {
            return (difference.Kind, difference.Detail);
        }

        if (request.Reading == Reading.BrokenBody)
        {
            return request.IsHttp2 && request.Has("content-length") ? null : ("a body without its end was completed", seen.Bytes);
        }

        return answer.Status != 200 || (request.Method != "HEAD" && answer.Body != seen.Value("X-Request-Id"))
            ? ("another answer than the backend's", answer.ToString())
            : null;
    }

    /// <summary>Without what the gateway and the platform make anew for each request, and without how a body is framed, which depends on what of it has come when its head goes out.</summary>
    private static string Blank(StrictRequest request) =>
        $"{request.Line} {string.Join('|', request.Fields.Where(field => !MadeAnew.Contains(field.Name, StringComparer.OrdinalIgnoreCase)))} {request.Body}";
}
