using System.Text.Json.Serialization;
using Eventicat.Dashboard.Admin.Requests;

namespace Eventicat.Dashboard.Admin.Aggregators;

/// <param name="Id">Unique in the deployment; a random one if missing.</param>
/// <param name="Name">What people call it.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record NewAggregator(string? Id = null, string Name = "") : IOptionalBody;
