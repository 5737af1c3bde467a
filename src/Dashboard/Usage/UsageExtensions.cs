using Eventicat.Dashboard.Configuration;
using Eventicat.Hosting.Configuration;
using Eventicat.Redis;
using Microsoft.Extensions.Options;

namespace Eventicat.Dashboard.Usage;

internal static class UsageExtensions
{
    /// <summary>A page waits for it.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);

    public static void AddUsage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddCheckedOptions<GatewaySettings>(configuration, GatewaySettings.Section);
        services.AddSingleton<IValidateOptions<GatewaySettings>>(new UrlSettingsValidator<GatewaySettings>(GatewaySettings.Section));
        services.AddSingleton(provider => new GatewayUsage(new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = provider.GetRequiredService<IOptions<GatewaySettings>>().Value.ManagementUrl,
            Timeout = Deadline,
        }));
        if (!configuration.HasRedis())
        {
            services.AddHostedService<KeyUseCollector>();
        }
    }
}
