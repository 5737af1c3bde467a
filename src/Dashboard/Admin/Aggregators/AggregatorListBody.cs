namespace Eventicat.Dashboard.Admin.Aggregators;

internal sealed record AggregatorListBody(IEnumerable<AggregatorBody> Aggregators);
