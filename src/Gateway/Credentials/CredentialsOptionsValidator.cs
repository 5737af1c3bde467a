using Microsoft.Extensions.Options;

namespace Eventicat.Gateway.Credentials;

internal sealed class CredentialsOptionsValidator : IValidateOptions<CredentialsOptions>
{
    public ValidateOptionsResult Validate(string? name, CredentialsOptions options) =>
        string.IsNullOrEmpty(options.UrlKeysLink) || IsWebAddress(options.UrlKeysLink)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"{CredentialsOptions.Section}:{nameof(CredentialsOptions.UrlKeysLink)}: '{options.UrlKeysLink}' is not an address such as https://example.com/url-keys.");

    private static bool IsWebAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";
}
