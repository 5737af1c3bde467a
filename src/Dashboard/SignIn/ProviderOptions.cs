namespace Eventicat.Dashboard.SignIn;

/// <summary>Section <c>Authentication</c>: the OpenID Connect provider that takes the place of passwords.</summary>
internal sealed class ProviderOptions
{
    public const string Section = "Authentication";

    /// <value>The provider's issuer URL. Empty (default): users sign in with a password.</value>
    public string? Authority { get; set; }

    /// <value>The id under which the provider knows the dashboard. Required with an authority.</value>
    public string? ClientId { get; set; }

    /// <value>The secret that the dashboard shares with the provider; empty for a public client with PKCE.</value>
    public string? ClientSecret { get; set; }

    /// <value>The claim that names an invited user. Default <c>email</c>, which counts only when the provider says it is verified.</value>
    public string NameClaim { get; set; } = "email";

    public bool UsesProvider => !string.IsNullOrEmpty(Authority);
}
