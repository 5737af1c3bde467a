using Eventicat.Accounts.Storage.File;
using Eventicat.Accounts.Storage.Redis;
using Eventicat.Hosting.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Eventicat.Accounts.Storage;

/// <summary>Which store a process uses, decided here for all of them.</summary>
public static class AccountStoreRegistration
{
    /// <summary>
    /// Of a server that hangs questions are given up with its silence, within two seconds on the busiest machine. This is
    /// for what nobody else would end: a process short of processor time must not take its own waiting for Redis's.
    /// </summary>
    private static readonly TimeSpan RequestDeadline = TimeSpan.FromSeconds(3);

    /// <summary>
    /// An explicit <c>Accounts:File</c> wins; otherwise Redis where <c>Redis:Connection</c> is set; otherwise
    /// <c>accounts.json</c>. Registers the store under its interfaces, and the <see cref="RedisConnection"/>
    /// where one is configured, whichever store is used.
    /// </summary>
    /// <param name="services">Where to.</param>
    /// <param name="configuration">The process's root configuration.</param>
    /// <param name="redisDeadline">How long a call of the Redis store may take. Half a second by default, since a request waits; operators wait longer.</param>
    public static IServiceCollection AddAccountStore(
        this IServiceCollection services, IConfiguration configuration, TimeSpan? redisDeadline = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IValidateOptions<AccountsOptions>, AccountsOptionsValidator>();
        services.AddSingleton<IValidateOptions<RedisOptions>, RedisOptionsValidator>();
        services.AddCheckedOptions<AccountsOptions>(configuration, AccountsOptions.Section);
        services.AddCheckedOptions<RedisOptions>(configuration, RedisOptions.Section);
        if (HasRedis(configuration))
        {
            services.TryAddSingleton(provider => new RedisConnection(provider.GetRequiredService<IOptions<RedisOptions>>().Value));
            services.AddSingleton<IRedisCheck, RedisWriteCheck>();
            services.AddSingleton<RedisWatch>();
            services.AddHostedService(provider => provider.GetRequiredService<RedisWatch>());
        }

        if (FileOf(configuration) is not { } file)
        {
            services.AddSingleton<IRedisCheck, RedisReadCheck>();
            services.AddSingleton(provider => new RedisAccountStore(
                provider.GetRequiredService<RedisConnection>(),
                redisDeadline ?? RequestDeadline,
                isUrgent: redisDeadline is null,
                provider.GetService<ILogger<RedisAccountStore>>()));
            services.AddAs<RedisAccountStore>();
        }
        else
        {
            services.AddSingleton(provider => new FileAccountStore(
                file,
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<FileAccountStore>>()));
            services.AddAs<FileAccountStore>();
            services.AddHostedService<AccountFileCheck>();
        }

        return services;
    }

    /// <returns>The accounts file that is used; <c>null</c>: the accounts are in Redis.</returns>
    public static string? FileOf(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return configuration[$"{AccountsOptions.Section}:{nameof(AccountsOptions.File)}"] is { Length: > 0 } file ? file
            : HasRedis(configuration) ? null
            : AccountsOptions.DefaultFile;
    }

    /// <summary>Whether a Redis is configured, for accounts or for limits only.</summary>
    public static bool HasRedis(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return !string.IsNullOrEmpty(configuration[$"{RedisOptions.Section}:{nameof(RedisOptions.Connection)}"]);
    }

    private static void AddAs<TStore>(this IServiceCollection services)
        where TStore : class, IAccountStore, IStoreHealth
    {
        services.AddSingleton<IAccountStore>(provider => provider.GetRequiredService<TStore>());
        services.AddSingleton<IAccountReader>(provider => provider.GetRequiredService<TStore>());
        services.AddSingleton<IStoreHealth>(provider => provider.GetRequiredService<TStore>());
    }
}
