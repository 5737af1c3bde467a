namespace Eventicat.Bench.Compare.Results;

/// <summary>Commands that Redis carried out, those inside scripts included.</summary>
internal sealed class RedisUse
{
    /// <summary>Our own question for these numbers.</summary>
    private const string Own = "info";

    private readonly Dictionary<string, long> _calls = new(StringComparer.Ordinal);
    private long _requests;

    public void Add(IReadOnlyDictionary<string, long> before, IReadOnlyDictionary<string, long> after, int requests)
    {
        _requests += requests;
        foreach (var (command, calls) in after)
        {
            if (command != Own && calls - before.GetValueOrDefault(command) is var more and > 0)
            {
                _calls[command] = _calls.GetValueOrDefault(command) + more;
            }
        }
    }

    /// <returns>Commands per request, the most frequent first.</returns>
    public IEnumerable<(string Command, double PerRequest)> PerRequest() => _calls
        .Select(entry => (entry.Key, (double)entry.Value / _requests))
        .OrderByDescending(entry => entry.Item2);
}
