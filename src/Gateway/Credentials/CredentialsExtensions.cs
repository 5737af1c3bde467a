using Eventicat.Gateway.Requests;
using Eventicat.Hosting.Configuration;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Options;

namespace Eventicat.Gateway.Credentials;

internal static class CredentialsExtensions
{
    public static IServiceCollection AddCredentials(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddCheckedOptions<CredentialsOptions>(configuration, CredentialsOptions.Section);
        services.AddSingleton<IValidateOptions<CredentialsOptions>, CredentialsOptionsValidator>();
        services.AddSingleton<UrlKeyRules>();
        services.AddSingleton<IUrlKeyRules>(provider => provider.GetRequiredService<UrlKeyRules>());
        services.AddSingleton<UrlKeyNotice>();
        services.AddSingleton<CredentialMover>();
        services.AddHostedService<CredentialServerCheck>();

        var server = services.Last(service => service.ServiceType == typeof(IServer));
        services.Remove(server);
        services.AddSingleton<IServer>(provider => new CredentialServer(
            (IServer)ActivatorUtilities.CreateInstance(provider, server.ImplementationType!),
            provider.GetRequiredService<CredentialMover>()));
        return services;
    }

    public static IApplicationBuilder UseCredentialGuard(this IApplicationBuilder app) =>
        app.UseMiddleware<CredentialGuardMiddleware>();

    public static IApplicationBuilder UseHttpsRequirement(this IApplicationBuilder app) =>
        app.UseMiddleware<HttpsRequirementMiddleware>();

    public static IApplicationBuilder UseUrlKeyPolicy(this IApplicationBuilder app) => app.UseMiddleware<UrlKeyPolicyMiddleware>();
}
