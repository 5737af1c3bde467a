using Microsoft.Extensions.Options;

namespace Eventicat.Gateway.Cors;

/// <summary>Section <c>Cors</c>.</summary>
internal sealed class BrowserAccessOptions
{
    public const string Section = "Cors";

    /// <value>
    /// Origins whose pages may call the API, such as <c>https://app.example.com</c>; empty (default) or <c>*</c> is any.
    /// Never with credentials: the API's credential is the key, not a cookie.
    /// </value>
    public string[] AllowedOrigins { get; set; } = [];
}

internal sealed class BrowserAccessOptionsValidator : IValidateOptions<BrowserAccessOptions>
{
    public ValidateOptionsResult Validate(string? name, BrowserAccessOptions options)
    {
        var errors = options.AllowedOrigins
            .Where(origin => origin != "*" && !IsOrigin(origin))
            .Select(origin => $"{BrowserAccessOptions.Section}:{nameof(BrowserAccessOptions.AllowedOrigins)}: '{origin}' is not an origin such as https://app.example.com, nor *.")
            .ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    /// <summary>RFC 6454 section 6.2: scheme, host and port, nothing after.</summary>
    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https"
        && string.Equals(uri.GetLeftPart(UriPartial.Authority), text, StringComparison.OrdinalIgnoreCase);
}
