using Eventicat.Dashboard.Configuration;
using Eventicat.Redis;
using Microsoft.Extensions.Options;

namespace Eventicat.Dashboard.Usage;

internal static class UsageExtensions
{
    /// <summary>Short, since a page waits for the answer.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);

    public static void AddUsage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddUrlOptions<GatewayOptions>(configuration, GatewayOptions.Section);
        services.AddSingleton(provider => new GatewayUsage(new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = provider.GetRequiredService<IOptions<GatewayOptions>>().Value.ManagementUrl,
            Timeout = Deadline,
        }));
        if (!configuration.HasRedis())
        {
            services.AddHostedService<KeyUseCollector>();
        }
    }
}
