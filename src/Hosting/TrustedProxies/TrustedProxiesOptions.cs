using System.Net;
using Microsoft.Extensions.Options;

namespace Eventicat.Hosting.TrustedProxies;

/// <summary>Section <c>ForwardedHeaders</c>.</summary>
public sealed class TrustedProxiesOptions
{
    public const string Section = "ForwardedHeaders";

    /// <value>
    /// Addresses (<c>10.0.0.5</c>) and networks (<c>10.0.0.0/8</c>) whose <c>X-Forwarded-For</c> and
    /// <c>X-Forwarded-Proto</c> are believed. Default none: anybody can send those headers.
    /// </value>
    public string[] KnownProxies { get; set; } = [];
}

internal sealed class TrustedProxiesOptionsValidator : IValidateOptions<TrustedProxiesOptions>
{
    public ValidateOptionsResult Validate(string? name, TrustedProxiesOptions options)
    {
        var errors = options.KnownProxies
            .Where(proxy => !IPAddress.TryParse(proxy, out _) && !IPNetwork.TryParse(proxy, out _))
            .Select(proxy => $"{TrustedProxiesOptions.Section}:{nameof(TrustedProxiesOptions.KnownProxies)}: '{proxy}' is neither an address nor a network such as 10.0.0.0/8.")
            .ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
