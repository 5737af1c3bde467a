using Eventicat.Hosting.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Eventicat.Redis;

public static class RedisExtensions
{
    /// <summary>The connection, and the watch over it, where <c>Redis:Connection</c> is set. Whoever needs more of Redis adds an <see cref="IRedisCheck"/>.</summary>
    public static IServiceCollection AddRedis(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IValidateOptions<RedisOptions>, RedisOptionsValidator>();
        services.AddCheckedOptions<RedisOptions>(configuration, RedisOptions.Section);
        if (!configuration.HasRedis())
        {
            return services;
        }

        services.TryAddSingleton(provider => new RedisConnection(provider.GetRequiredService<IOptions<RedisOptions>>().Value));
        services.AddSingleton<IRedisCheck, RedisWriteCheck>();
        services.AddSingleton<RedisWatch>();
        return services.AddHostedService(provider => provider.GetRequiredService<RedisWatch>());
    }

    /// <summary>Whether a Redis is configured, for whatever is kept there.</summary>
    public static bool HasRedis(this IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return !string.IsNullOrEmpty(configuration[$"{RedisOptions.Section}:{nameof(RedisOptions.Connection)}"]);
    }
}
