using Eventicat.Accounts;

namespace Eventicat.Dashboard.Admin.Keys;

/// <summary>What is known of a key: never the key, nor its digest.</summary>
/// <param name="Id">Its public id.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="Created">When.</param>
/// <param name="Expires">The first moment at which it no longer works; null for never.</param>
/// <param name="Revoked">Since when it no longer works; null: it is not revoked.</param>
/// <param name="LastUsed">As far as gateways have told; null for never.</param>
internal sealed record KeyBody(
    string Id, string Name, IReadOnlyList<KeyScope> Scopes, DateTimeOffset? Created, DateTimeOffset? Expires, DateTimeOffset? Revoked, DateTimeOffset? LastUsed)
{
    public static KeyBody Of(AccountKey key, DateTimeOffset? lastUsed = null) =>
        new(key.Id.ToString(), key.Name, KeyScopes.Of(key.Scopes), key.Created, key.Expires, key.Revoked, lastUsed);
}
