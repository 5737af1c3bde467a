using System.Text.Json.Serialization;

namespace Eventicat.Dashboard.Admin.Aggregators;

/// <param name="Name">What people shall call it.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record AggregatorPatch(string Name);
