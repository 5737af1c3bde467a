namespace Eventicat.Gateway.Cors;

/// <summary>Section <c>Cors</c>.</summary>
internal sealed class CorsSettings
{
    public const string Section = "Cors";

    /// <value>
    /// Origins whose pages may call the API, such as <c>https://app.example.com</c>; empty (default) or <c>*</c> is any.
    /// Never with credentials: the API's credential is the key, not a cookie.
    /// </value>
    public string[] AllowedOrigins { get; set; } = [];
}
