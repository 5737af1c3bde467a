using Eventicat.Accounts.Configuration;
using Eventicat.Accounts.Operations;
using Eventicat.Accounts.Storage.File;
using Eventicat.Accounts.Storage.Redis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Eventicat.Accounts.Storage;

/// <summary>Which store a process uses, decided here for all of them.</summary>
public static class AccountStoreRegistration
{
    private static readonly TimeSpan RequestDeadline = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// An explicit <c>Accounts:File</c> wins; otherwise Redis where <c>Redis:Connection</c> is set; otherwise
    /// <c>accounts.json</c>. Registers the store under its interfaces, the operations, and the
    /// <see cref="RedisConnection"/> where one is configured, whichever store is used.
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
        var file = configuration[$"{AccountsOptions.Section}:{nameof(AccountsOptions.File)}"];
        var redis = configuration[$"{RedisOptions.Section}:{nameof(RedisOptions.Connection)}"];
        if (!string.IsNullOrEmpty(redis))
        {
            services.TryAddSingleton(provider => new RedisConnection(provider.GetRequiredService<IOptions<RedisOptions>>().Value));
        }

        if (string.IsNullOrEmpty(file) && !string.IsNullOrEmpty(redis))
        {
            services.AddSingleton(provider => new RedisAccountStore(provider.GetRequiredService<RedisConnection>(), redisDeadline ?? RequestDeadline));
            services.AddAs<RedisAccountStore>();
        }
        else
        {
            services.AddSingleton(provider => new FileAccountStore(
                string.IsNullOrEmpty(file) ? AccountsOptions.DefaultFile : file,
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<FileAccountStore>>()));
            services.AddAs<FileAccountStore>();
        }

        return services.AddSingleton<AccountOperations>().AddSingleton<KeyOperations>().AddSingleton<AggregatorOperations>();
    }

    private static void AddAs<TStore>(this IServiceCollection services)
        where TStore : class, IAccountStore, IStoreHealth
    {
        services.AddSingleton<IAccountStore>(provider => provider.GetRequiredService<TStore>());
        services.AddSingleton<IAccountReader>(provider => provider.GetRequiredService<TStore>());
        services.AddSingleton<IStoreHealth>(provider => provider.GetRequiredService<TStore>());
    }
}
