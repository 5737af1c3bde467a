using System.Text.Json.Serialization;
using Eventicat.Accounts;
using Eventicat.Dashboard.Admin.Requests;

namespace Eventicat.Dashboard.Admin.Aggregators;

/// <param name="Id">The id that clients send as _id.</param>
/// <param name="Name">The name that people see.</param>
internal sealed record AggregatorBody(string Id, string Name)
{
    public const string Example = """{"id":"agg_signups","name":"Sign-ups"}""";

    public static AggregatorBody Of(Aggregator aggregator) => new(aggregator.Id.ToString(), aggregator.Name);
}

internal sealed record AggregatorListBody(IEnumerable<AggregatorBody> Aggregators)
{
    public const string Example = $$"""{"aggregators":[{{AggregatorBody.Example}}]}""";
}

/// <param name="Id">Unique in the deployment; a random one if missing.</param>
/// <param name="Name">The name that people see.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record NewAggregator(string? Id = null, string Name = "") : IOptionalBody;

/// <param name="Name">The new name.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record AggregatorPatch(string Name)
{
    public const string Example = """{"name":"New sign-ups"}""";
}
