using Microsoft.Extensions.Options;

namespace Eventicat.Dashboard.Configuration;

/// <summary>Every URL of a section has to be one that can be called.</summary>
internal sealed class UrlSettingsValidator<TSettings>(string section) : IValidateOptions<TSettings>
    where TSettings : class
{
    public ValidateOptionsResult Validate(string? name, TSettings options)
    {
        var errors = typeof(TSettings).GetProperties()
            .Where(property => property.PropertyType == typeof(Uri))
            .Select(property => (property.Name, Value: (Uri?)property.GetValue(options)))
            .Where(setting => setting.Value is { } url && !(url.IsAbsoluteUri && url.Scheme is "http" or "https"))
            .Select(setting => $"{section}:{setting.Name}: '{setting.Value}' is not a URL such as http://gateway:8080.")
            .ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
