using Microsoft.Extensions.Options;

namespace Eventicat.Dashboard.SignIn;

internal sealed class ProviderOptionsValidator : IValidateOptions<ProviderOptions>
{
    private const string Section = ProviderOptions.Section;

    public ValidateOptionsResult Validate(string? name, ProviderOptions options)
    {
        if (!options.UsesProvider)
        {
            return ValidateOptionsResult.Success;
        }

        var errors = Find(options).ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static IEnumerable<string> Find(ProviderOptions options)
    {
        if (!Uri.TryCreate(options.Authority, UriKind.Absolute, out var authority)
            || !(authority.Scheme == Uri.UriSchemeHttps || (authority.Scheme == Uri.UriSchemeHttp && authority.IsLoopback)))
        {
            yield return $"{Section}:{nameof(options.Authority)}: '{options.Authority}' is not an https URL.";
        }

        if (string.IsNullOrEmpty(options.ClientId))
        {
            yield return $"{Section}:{nameof(options.ClientId)}: is required with {nameof(options.Authority)}.";
        }

        if (string.IsNullOrEmpty(options.NameClaim))
        {
            yield return $"{Section}:{nameof(options.NameClaim)}: must not be empty.";
        }
    }
}
