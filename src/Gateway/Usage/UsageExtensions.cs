using Eventicat.Gateway.Errors;
using Eventicat.Gateway.Usage.Answering;
using Eventicat.Gateway.Usage.Counting;
using Eventicat.Gateway.Usage.Storing;
using Eventicat.Gateway.Usage.Storing.Memory;
using Eventicat.Gateway.Usage.Storing.Redis;
using Eventicat.Hosting.Configuration;
using Eventicat.Redis;

namespace Eventicat.Gateway.Usage;

internal static class UsageExtensions
{
    /// <summary>Counts go to Redis when <c>Redis:Connection</c> is set, and are kept in memory otherwise.</summary>
    public static IServiceCollection AddUsage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddCheckedOptions<UsageOptions>(configuration, UsageOptions.Section);
        services.AddSingleton<UsageCounters>();
        services.AddHostedService<UsageFlush>();
        return configuration.HasRedis()
            ? services.AddSingleton<IUsageStore, RedisUsageStore>()
            : services.AddSingleton<IUsageStore, MemoryUsageStore>();
    }

    /// <summary>Around everything that answers, so that each answer is counted as what it became.</summary>
    public static IApplicationBuilder UseUsageCounting(this IApplicationBuilder app) => app.UseMiddleware<UsageMiddleware>();

    public static IApplicationBuilder UseUsageEndpoints(this IApplicationBuilder app) => app.Map("/usage", static usage =>
    {
        usage.UseMiddleware<UsageEndpoints>();
        usage.Run(static context => context.WriteErrorAsync(GatewayErrors.NotFound));
    });
}
