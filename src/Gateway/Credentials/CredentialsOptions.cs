using System.ComponentModel.DataAnnotations;
using Eventicat.Accounts;

namespace Eventicat.Gateway.Credentials;

/// <summary>Section <c>Credentials</c>.</summary>
internal sealed class CredentialsOptions
{
    public const string Section = "Credentials";

    /// <value>Whether the backend gets the key, as <c>Authorization: Bearer</c>. Default true.</value>
    public bool ForwardToBackend { get; set; } = true;

    /// <value>Whether a request that came over plain HTTP is refused (403, never a redirect). Default false.</value>
    public bool RequireHttps { get; set; }

    /// <value>
    /// What becomes of keys that come in the URL, for accounts that do not say it themselves: <c>Allow</c> (default),
    /// <c>Warn</c> (served, with a <c>Deprecation</c> header) or <c>Refuse</c> (401).
    /// </value>
    [EnumDataType(typeof(UrlKeyPolicy), ErrorMessage = "is not one of Allow, Warn, Refuse")]
    public UrlKeyPolicy UrlKeys { get; set; } = UrlKeyPolicy.Allow;

    /// <value>Page that <c>Warn</c> links to, an absolute http or https address. Empty (default): no link.</value>
    public string? UrlKeysLink { get; set; }

    /// <value>Since when keys in URLs are deprecated, told by <c>Warn</c>. Empty (default): since the start of the process.</value>
    public DateTimeOffset? UrlKeysDeprecated { get; set; }
}
