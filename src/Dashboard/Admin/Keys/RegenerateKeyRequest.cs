using System.Text.Json.Serialization;
using Eventicat.Dashboard.Admin.Requests;

namespace Eventicat.Dashboard.Admin.Keys;

/// <param name="Grace">How long the old key goes on working, hh:mm:ss; not at all if missing.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record RegenerateKeyRequest(TimeSpan? Grace = null) : IOptionalBody;
