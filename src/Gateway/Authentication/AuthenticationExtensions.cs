using Eventicat.Accounts.Caching;
using Eventicat.Accounts.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Eventicat.Gateway.Authentication;

internal static class AuthenticationExtensions
{
    public static IServiceCollection AddApiKeyAuthentication(this IServiceCollection services)
    {
        services.AddSingleton(provider => new AccountDirectory(
            provider.GetRequiredService<IAccountReader>(),
            new AccountDirectoryOptions { MaxStaleness = provider.GetRequiredService<IOptions<AccountsOptions>>().Value.MaxStaleness },
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<PrincipalCache>();
        services.AddHostedService<AccountsWarmUp>();
        services.AddAuthentication(AuthenticationConstants.Scheme)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthenticationHandler>(AuthenticationConstants.Scheme, configureOptions: null);
        return services;
    }

    public static IApplicationBuilder UseApiKeyAuthentication(this IApplicationBuilder app) =>
        app.UseAuthentication().UseMiddleware<RequireKeyMiddleware>();
}
