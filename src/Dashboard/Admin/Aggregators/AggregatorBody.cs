using Eventicat.Accounts;

namespace Eventicat.Dashboard.Admin.Aggregators;

/// <param name="Id">What clients send as _id.</param>
/// <param name="Name">What people call it.</param>
internal sealed record AggregatorBody(string Id, string Name)
{
    public static AggregatorBody Of(Aggregator aggregator) => new(aggregator.Id.ToString(), aggregator.Name);
}
