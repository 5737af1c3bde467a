namespace Eventicat.Dashboard.Pages.Owner;

/// <param name="Time">The start of a minute or an hour.</param>
/// <param name="Outcomes">Its requests by what became of them.</param>
public sealed record UsagePoint(DateTimeOffset Time, IReadOnlyDictionary<string, long> Outcomes)
{
    internal static readonly IReadOnlyDictionary<string, long> Nothing = new Dictionary<string, long>(StringComparer.Ordinal);
}
