using System.Text.Json.Serialization;
using Eventicat.Control.Operations;

namespace Eventicat.Dashboard.Admin.Keys;

/// <param name="Key">The existing key. Only its digest is kept.</param>
/// <param name="Id">Its public id; one is chosen if missing.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Scopes">What it may do; all if missing.</param>
/// <param name="Expires">The first moment at which it no longer works; null for never.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ImportKeyRequest(
    string Key, string? Id = null, string Name = "", IReadOnlyList<KeyScope>? Scopes = null, DateTimeOffset? Expires = null)
{
    public KeySettings ToSettings() => new(Name, KeyScopes.ToScopes(Scopes), Expires);

    /// <summary>A record's own would show the key to whatever logs it.</summary>
    public override string ToString() => nameof(ImportKeyRequest);
}
