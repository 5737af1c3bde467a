using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Eventicat.Hosting.Configuration;

public static class CheckedOptionsExtensions
{
    /// <summary>
    /// Binds a section and validates it at start. A value that cannot be read is one error among the others instead of
    /// the end of the check, so that an operator sees all of them at once.
    /// </summary>
    public static OptionsBuilder<TOptions> AddCheckedOptions<TOptions>(
        this IServiceCollection services, IConfiguration configuration, string section)
        where TOptions : class
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var reader = new SectionReader<TOptions>(configuration.GetSection(section));
        services.AddSingleton<IValidateOptions<TOptions>>(reader);
        return services.AddOptions<TOptions>().Configure(reader.Read).ValidateOnStart();
    }
}
