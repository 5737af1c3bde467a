namespace Eventicat.Bench.Compare;

/// <param name="Rounds">Every target is measured once a round.</param>
/// <param name="Duration">Of one measurement of one target.</param>
/// <param name="Concurrency">Requests under way at any time.</param>
internal sealed record Settings(int Rounds, TimeSpan Duration, int Concurrency);
