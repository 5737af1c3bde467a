namespace Eventicat.Dashboard.Usage;

/// <param name="Time">Unix time in seconds of the minute's or hour's start.</param>
/// <param name="Outcomes">Requests by what became of them.</param>
/// <param name="UrlKeys">How many of them brought their key in the URL.</param>
internal sealed record UsageBucket(long Time, IReadOnlyDictionary<string, long> Outcomes, long UrlKeys);
