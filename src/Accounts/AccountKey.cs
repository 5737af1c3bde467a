namespace Eventicat.Accounts;

/// <summary>What is kept of an API key: everything but the key.</summary>
public sealed record AccountKey
{
    public required KeyId Id { get; init; }

    public string Name { get; init; } = "";

    public required KeyDigest Digest { get; init; }

    public Scopes Scopes { get; init; } = Scopes.All;

    public DateTimeOffset? Created { get; init; }

    /// <value>The first moment at which the key no longer works; <c>null</c> for never.</value>
    public DateTimeOffset? Expires { get; init; }

    /// <value>When the key was revoked; from then on it never works again.</value>
    public DateTimeOffset? Revoked { get; init; }

    public bool IsUsableAt(DateTimeOffset now) => Revoked is null && (Expires is null || now < Expires);
}
