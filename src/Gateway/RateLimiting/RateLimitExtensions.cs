using Eventicat.Accounts;
using Eventicat.Gateway.Requests;
using Eventicat.Hosting.Configuration;
using Eventicat.Redis;

namespace Eventicat.Gateway.RateLimiting;

internal static class RateLimitExtensions
{
    /// <summary>Limits are shared through Redis when <c>Redis:Connection</c> is set, and kept in memory otherwise.</summary>
    public static IServiceCollection AddRateLimiting(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddCheckedOptions<RateLimitOptions>(configuration, RateLimitOptions.Section);
        services.AddSingleton<AccountRateLimiters>();
        services.AddHostedService<AccountRateLimitersTrim>();
        if (!configuration.HasRedis())
        {
            services.AddSingleton<IAccountWindows, MemoryAccountWindows>();
            services.AddSingleton<Func<AccountId, AccountLimit, AccountRateLimiter>>(provider =>
                (_, limit) => new SlidingWindowLogRateLimiter(limit, provider.GetRequiredService<TimeProvider>()));
            return services;
        }

        services.AddSingleton<RedisSlidingWindowScript>();
        services.AddSingleton<IAccountWindows, RedisAccountWindows>();
        services.AddSingleton<SharedLimitCalls>();
        services.AddSingleton<SharedLimitState>();
        services.AddHostedService(static provider => provider.GetRequiredService<SharedLimitState>());
        services.AddSingleton<RedisFailureFallback>();
        services.AddSingleton(provider => CreateRedisLimiter(provider, configuration));
        services.AddSingleton<SharedLimitCheck>();
        services.AddSingleton<IRedisCheck>(static provider => provider.GetRequiredService<SharedLimitCheck>());
        services.AddHostedService<SharedLimitWarmUp>();
        services.AddHostedService<ReplicasWarning>();
        services.AddHealthChecks().AddCheck<SharedLimitHealthCheck>("rateLimit");
        return services;
    }

    public static IApplicationBuilder UseRateLimiting(this IApplicationBuilder app) => app.UseMiddleware<RateLimitMiddleware>();

    private static Func<AccountId, AccountLimit, AccountRateLimiter> CreateRedisLimiter(IServiceProvider provider, IConfiguration configuration)
    {
        var calls = provider.GetRequiredService<SharedLimitCalls>();
        var fallback = provider.GetRequiredService<RedisFailureFallback>();
        var time = provider.GetRequiredService<TimeProvider>();
        // Accounts from a file have no record in Redis whose epoch the script could compare.
        var confirmsEpoch = configuration.FindAccountsFile() is null;
        return (account, limit) => new RedisSlidingWindowRateLimiter(account, limit, confirmsEpoch, calls, fallback, time);
    }
}
