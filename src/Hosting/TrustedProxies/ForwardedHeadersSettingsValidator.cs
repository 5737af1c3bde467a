using System.Net;
using Microsoft.Extensions.Options;

namespace Eventicat.Hosting.TrustedProxies;

internal sealed class ForwardedHeadersSettingsValidator : IValidateOptions<ForwardedHeadersSettings>
{
    public ValidateOptionsResult Validate(string? name, ForwardedHeadersSettings options)
    {
        var errors = options.KnownProxies
            .Where(proxy => !IPAddress.TryParse(proxy, out _) && !System.Net.IPNetwork.TryParse(proxy, out _))
            .Select(proxy => $"{ForwardedHeadersSettings.Section}:{nameof(ForwardedHeadersSettings.KnownProxies)}: '{proxy}' is neither an address nor a network such as 10.0.0.0/8.")
            .ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
