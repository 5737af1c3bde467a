namespace Eventicat.Gateway.Credentials;

/// <summary>Section <c>Credentials</c>.</summary>
internal sealed class CredentialsOptions
{
    public const string Section = "Credentials";

    /// <value>Whether the backend gets the key, as <c>Authorization: Bearer</c>. Default true.</value>
    public bool ForwardToBackend { get; set; } = true;

    /// <value>Whether a request that came over plain HTTP is refused (403, never a redirect). Default false.</value>
    public bool RequireHttps { get; set; }
}
