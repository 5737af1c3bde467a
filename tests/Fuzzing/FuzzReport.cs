using System.Globalization;
using System.Text;
using Eventicat.Fuzzing.Inputs;

namespace Eventicat.Fuzzing;

/// <summary>What a run has shown, as text for a terminal or a file.</summary>
public sealed class FuzzReport
{
    private const int ExamplesPerKind = 3, LongestDetail = 1500;
    private readonly IReadOnlyList<Failure> _failures;
    private readonly Tally _tally;
    private readonly string _summary;

    internal FuzzReport(int seed, Tally tally, IReadOnlyList<Failure> failures, TimeSpan elapsed, int connections, long lines)
    {
        _tally = tally;
        _failures = failures;
        _summary = string.Create(
            CultureInfo.InvariantCulture,
            $"seed {seed}: {tally.Requests} requests, {tally.Forwarded} forwarded over {connections} connections, {lines} lines of log, {elapsed.TotalSeconds:0} s, {failures.Count} failures");
    }

    public bool HasFailures => _failures.Count > 0;

    public int Requests => _tally.Requests;

    public int Forwarded => _tally.Forwarded;

    public override string ToString()
    {
        var text = new StringBuilder(_summary).AppendLine().AppendLine();
        foreach (var (outcome, count) in _tally.Outcomes)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{count,9} {outcome}");
        }

        foreach (var kind in _failures.GroupBy(failure => failure.Kind, StringComparer.Ordinal).OrderByDescending(kind => kind.Count()))
        {
            text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"== {kind.Count()} x {kind.Key}");
            foreach (var failure in kind.OrderBy(failure => failure.Input?.Print().Length ?? failure.Detail.Length).Take(ExamplesPerKind))
            {
                var detail = FuzzInput.Escape(failure.Detail);
                text.AppendLine(CultureInfo.InvariantCulture, $"-- input {failure.Index}: {detail[..Math.Min(detail.Length, LongestDetail)]}");
                text.Append(failure.Input?.Print());
            }
        }

        return text.ToString();
    }
}
