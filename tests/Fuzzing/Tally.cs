using System.Collections.Concurrent;
using Eventicat.Fuzzing.Model;

namespace Eventicat.Fuzzing;

/// <summary>Counts what became of the inputs.</summary>
internal sealed class Tally
{
    private readonly ConcurrentDictionary<string, bool> _mayBreak = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _outcomes = new(StringComparer.Ordinal);

    /// <value>Requests, by protocol and outcome.</value>
    public IEnumerable<KeyValuePair<string, int>> Outcomes => _outcomes.OrderBy(outcome => outcome.Key, StringComparer.Ordinal);

    public int Requests => _outcomes.Values.Sum();

    public int Forwarded => _outcomes.Where(outcome => outcome.Key.EndsWith("forwarded", StringComparison.Ordinal)).Sum(outcome => outcome.Value);

    public void Count(ClientRequest request, int status, bool isForwarded)
    {
        var outcome = isForwarded ? "forwarded" : status == 0 ? $"{(request.Reading == Reading.Whole ? "" : "malformed: ")}ended without an answer" : $"{status}";
        _outcomes.AddOrUpdate($"{(request.IsHttp2 ? "HTTP/2" : "HTTP/1.1")} {outcome}", 1, static (_, count) => count + 1);
    }

    public void CountAnswer(bool isHttp2, int status) =>
        _outcomes.AddOrUpdate($"{(isHttp2 ? "HTTP/2" : "HTTP/1.1")} answered {status}", 1, static (_, count) => count + 1);

    /// <summary>The request with this marker may come to the backend in part, or without an answer to the client.</summary>
    public void MayBreak(string marker) => _mayBreak[marker] = true;

    public bool IsBreakable(string marker) => _mayBreak.ContainsKey(marker);
}
