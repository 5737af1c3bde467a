using Eventicat.Hosting.Configuration;
using Microsoft.Extensions.Options;

namespace Eventicat.Dashboard.Configuration;

/// <summary>Checks that every URL of a section is an absolute one of HTTP or HTTPS.</summary>
internal sealed class UrlOptionsValidator<TOptions>(string section) : IValidateOptions<TOptions>
    where TOptions : class
{
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        var errors = typeof(TOptions).GetProperties()
            .Where(property => property.PropertyType == typeof(Uri))
            .Select(property => (property.Name, Value: (Uri?)property.GetValue(options)))
            .Where(setting => setting.Value is { } url && !(url.IsAbsoluteUri && url.Scheme is "http" or "https"))
            .Select(setting => $"{section}:{setting.Name}: '{setting.Value}' is not a URL such as http://gateway:8080.")
            .ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}

internal static class UrlOptionsExtensions
{
    /// <summary>Binds a section of URLs and checks it at the start.</summary>
    public static void AddUrlOptions<TOptions>(this IServiceCollection services, IConfiguration configuration, string section)
        where TOptions : class
    {
        services.AddCheckedOptions<TOptions>(configuration, section);
        services.AddSingleton<IValidateOptions<TOptions>>(new UrlOptionsValidator<TOptions>(section));
    }
}
