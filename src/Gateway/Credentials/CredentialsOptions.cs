using System.ComponentModel.DataAnnotations;
using Eventicat.Accounts;
using Microsoft.Extensions.Options;

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

internal sealed class CredentialsOptionsValidator : IValidateOptions<CredentialsOptions>
{
    public ValidateOptionsResult Validate(string? name, CredentialsOptions options) =>
        string.IsNullOrEmpty(options.UrlKeysLink) || IsWebAddress(options.UrlKeysLink)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"{CredentialsOptions.Section}:{nameof(CredentialsOptions.UrlKeysLink)}: '{options.UrlKeysLink}' is not an address such as https://example.com/url-keys.");

    private static bool IsWebAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";
}
