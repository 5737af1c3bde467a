using Eventicat.Accounts.Caching;
using Eventicat.Accounts.Storage;
using Eventicat.Hosting.Configuration;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Eventicat.Gateway.Authentication;

internal static class AuthenticationExtensions
{
    public static IServiceCollection AddApiKeyAuthentication(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddCheckedOptions<FailedAuthenticationOptions>(configuration, FailedAuthenticationOptions.Section);
        services.AddSingleton(provider => new AccountDirectory(
            provider.GetRequiredService<IAccountReader>(),
            new AccountDirectoryOptions { MaxStaleness = provider.GetRequiredService<IOptions<AccountsOptions>>().Value.MaxStaleness },
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<PrincipalCache>();
        services.AddSingleton<FailedAuthentications>();
        services.AddSingleton<KeyCheck>();
        services.AddHostedService<AccountsWarmUp>();
        services.AddAuthentication(AuthenticationConstants.Scheme)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthenticationHandler>(AuthenticationConstants.Scheme, configureOptions: null);
        return services;
    }

    public static IApplicationBuilder UseApiKeyAuthentication(this IApplicationBuilder app) =>
        app.UseAuthentication().UseMiddleware<RequireKeyMiddleware>();
}
