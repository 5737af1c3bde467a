using Microsoft.Extensions.Options;

namespace Eventicat.Gateway.Cors;

internal sealed class CorsSettingsValidator : IValidateOptions<CorsSettings>
{
    public ValidateOptionsResult Validate(string? name, CorsSettings options)
    {
        var errors = options.AllowedOrigins
            .Where(origin => origin != "*" && !IsOrigin(origin))
            .Select(origin => $"{CorsSettings.Section}:{nameof(CorsSettings.AllowedOrigins)}: '{origin}' is not an origin such as https://app.example.com, nor *.")
            .ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    /// <summary>RFC 6454 section 6.2: scheme, host and port, nothing after.</summary>
    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https"
        && string.Equals(uri.GetLeftPart(UriPartial.Authority), text, StringComparison.OrdinalIgnoreCase);
}
