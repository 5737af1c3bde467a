using System.Text.Json.Serialization;
using Eventicat.Control.Operations;
using Eventicat.Dashboard.Admin.Requests;

namespace Eventicat.Dashboard.Admin.Keys;

/// <param name="Name">What people call it.</param>
/// <param name="Scopes">What it may do; all if missing.</param>
/// <param name="Expires">The first moment at which it no longer works; null for never.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record NewKeyRequest(string Name = "", IReadOnlyList<KeyScope>? Scopes = null, DateTimeOffset? Expires = null) : IOptionalBody
{
    public KeySettings ToSettings() => new(Name, KeyScopes.ToScopes(Scopes), Expires);
}
