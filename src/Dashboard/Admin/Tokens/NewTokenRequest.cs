using System.Text.Json.Serialization;

namespace Eventicat.Dashboard.Admin.Tokens;

/// <param name="Name">What the audit log shall call its bearer.</param>
/// <param name="Expires">The first moment at which it no longer works; null for never.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record NewTokenRequest(string Name, DateTimeOffset? Expires = null);
