using System.Text.Json.Serialization;
using Eventicat.Accounts;
using Eventicat.Control.Operations;
using Eventicat.Dashboard.Admin.Requests;

namespace Eventicat.Dashboard.Admin.Keys;

/// <summary>A key without its secret.</summary>
/// <param name="Id">The key's public id.</param>
/// <param name="Name">The name that people see.</param>
/// <param name="Scopes">What the key may be used for.</param>
/// <param name="Created">When the key was made.</param>
/// <param name="Expires">The first moment at which it no longer works; null for never.</param>
/// <param name="Revoked">Since when the key is revoked; null if it is not.</param>
/// <param name="LastUsed">When the key was last used, as far as gateways have reported; null for never.</param>
internal sealed record KeyBody(
    string Id, string Name, IReadOnlyList<KeyScope> Scopes, DateTimeOffset? Created, DateTimeOffset? Expires, DateTimeOffset? Revoked, DateTimeOffset? LastUsed)
{
    public const string Example = """
        {"id":"k3J9xQ2b","name":"production","scopes":["ingest"],"created":"2027-01-01T00:00:00+00:00","expires":null,"revoked":null,
        "lastUsed":"2027-01-31T12:00:00+00:00"}
        """;

    public static KeyBody Of(AccountKey key, DateTimeOffset? lastUsed = null) =>
        new(key.Id.ToString(), key.Name, KeyScopes.Of(key.Scopes), key.Created, key.Expires, key.Revoked, lastUsed);
}

internal sealed record KeyListBody(IEnumerable<KeyBody> Keys)
{
    public const string Example = $$"""{"keys":[{{KeyBody.Example}}]}""";
}

/// <summary>A key that has just been made.</summary>
/// <param name="Id">The key's public id.</param>
/// <param name="Account">The id of the key's account.</param>
/// <param name="Name">The name that people see.</param>
/// <param name="Scopes">What the key may be used for.</param>
/// <param name="Created">When the key was made.</param>
/// <param name="Expires">The first moment at which it no longer works; null for never.</param>
/// <param name="Key">The key itself, in this answer only; null when the answer is given again.</param>
internal sealed record NewKeyBody(
    string Id, string Account, string Name, IReadOnlyList<KeyScope> Scopes, DateTimeOffset? Created, DateTimeOffset? Expires, string? Key) : IShownOnce
{
    public const string Example = """
        {"id":"k3J9xQ2b","account":"acme","name":"production","scopes":["ingest"],"created":"2027-01-01T00:00:00+00:00",
        "expires":"2028-01-01T00:00:00+00:00","key":"evc_k3J9xQ2b_…"}
        """;

    public static NewKeyBody Of(AccountId account, NewKey made) => new(
        made.Key.Id.ToString(), account.ToString(), made.Key.Name, KeyScopes.Of(made.Key.Scopes), made.Key.Created, made.Key.Expires, made.Secret.Reveal());

    public object WithoutSecret() => this with { Key = null };
}

/// <param name="Name">The name that people see.</param>
/// <param name="Scopes">What the key may be used for; everything if missing.</param>
/// <param name="Expires">The first moment at which it no longer works; null for never.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record NewKeyRequest(string Name = "", IReadOnlyList<KeyScope>? Scopes = null, DateTimeOffset? Expires = null) : IOptionalBody
{
    public const string Example = """{"name":"production","scopes":["ingest"],"expires":"2028-01-01T00:00:00Z"}""";

    public KeySettings ToSettings() => new(Name, KeyScopes.ToScopes(Scopes), Expires);
}

/// <param name="Key">The existing key. Only its digest is kept.</param>
/// <param name="Id">The key's public id; a random one if missing.</param>
/// <param name="Name">The name that people see.</param>
/// <param name="Scopes">What the key may be used for; everything if missing.</param>
/// <param name="Expires">The first moment at which it no longer works; null for never.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ImportKeyRequest(
    string Key, string? Id = null, string Name = "", IReadOnlyList<KeyScope>? Scopes = null, DateTimeOffset? Expires = null)
{
    public const string Example = """{"key":"existing-key","id":"legacy","name":"from before"}""";

    public KeySettings ToSettings() => new(Name, KeyScopes.ToScopes(Scopes), Expires);

    /// <summary>A record's own text would show the key in logs.</summary>
    public override string ToString() => nameof(ImportKeyRequest);
}

/// <param name="Grace">How long the old key keeps working, hh:mm:ss; it ends at once if missing.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record RegenerateKeyRequest(TimeSpan? Grace = null) : IOptionalBody
{
    public const string Example = """{"grace":"01:00:00"}""";
}

/// <summary>One thing that a key may be used for. In JSON scopes are a list of names, which flags are not.</summary>
internal enum KeyScope
{
    Ingest = Scopes.Ingest,
    Read = Scopes.Read,
}

internal static class KeyScopes
{
    public static IReadOnlyList<KeyScope> Of(Scopes scopes) =>
        [.. Enum.GetValues<KeyScope>().Where(scope => scopes.HasFlag((Scopes)scope))];

    /// <summary>A missing list means all scopes. An empty list means none, which the operation denies.</summary>
    public static Scopes ToScopes(IReadOnlyList<KeyScope>? scopes) =>
        scopes?.Aggregate(Scopes.None, (sum, scope) => sum | (Scopes)scope) ?? Scopes.All;
}
