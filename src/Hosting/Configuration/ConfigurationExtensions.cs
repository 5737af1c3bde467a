using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Eventicat.Hosting.Configuration;

public static class ConfigurationExtensions
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

    /// <summary>Follows changes of <c>appsettings.json</c> while the service runs.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="configuration">The whole configuration. What it says when the service starts is in force.</param>
    /// <param name="followed">The sections whose changes are taken over.</param>
    public static IServiceCollection AddSettingsFileReload(this IServiceCollection services, IConfiguration configuration, params string[] followed)
    {
        services.AddSingleton(_ => new RestartSettings(configuration, followed));
        services.AddSingleton<SettingsFileReload>();
        services.AddHostedService(provider => provider.GetRequiredService<SettingsFileReload>());
        services.AddHealthChecks().AddCheck<SettingsHealthCheck>("settings");
        return services;
    }
}
