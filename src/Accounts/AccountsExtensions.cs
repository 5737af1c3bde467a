using Eventicat.Accounts.Storage;
using Eventicat.Accounts.Storage.File;
using Eventicat.Accounts.Storage.Redis;
using Eventicat.Hosting.Configuration;
using Eventicat.Redis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Eventicat.Accounts;

/// <summary>Where a process finds the accounts, decided here for all programs.</summary>
public static class AccountsExtensions
{
    /// <summary>
    /// Of a server that hangs questions are given up with its silence, within two seconds on the busiest machine. This is
    /// for what nobody else would end: a process short of processor time must not take its own waiting for Redis's.
    /// </summary>
    private static readonly TimeSpan RequestDeadline = TimeSpan.FromSeconds(3);

    /// <summary>
    /// An explicit <c>Accounts:File</c> wins; otherwise Redis where <c>Redis:Connection</c> is set; otherwise
    /// <c>accounts.json</c>. Registers an <see cref="IAccountReader"/>, as a program that serves requests needs it, with its
    /// <see cref="IStoreHealth"/>; and the <see cref="RedisConnection"/> where one is configured, wherever the accounts are.
    /// </summary>
    public static IServiceCollection AddAccountReader(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IValidateOptions<AccountsOptions>, AccountsOptionsValidator>();
        services.AddCheckedOptions<AccountsOptions>(configuration, AccountsOptions.Section);
        services.AddRedis(configuration);
        if (configuration.FindAccountsFile() is { } file)
        {
            services.AddSingleton(provider => new FileAccountReader(
                file,
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<FileAccountReader>>()));
            services.AddAs<FileAccountReader>();
            return services.AddHostedService<AccountFileCheck>();
        }

        services.AddSingleton<IRedisCheck, RedisReadCheck>();
        services.AddSingleton(provider => new RedisAccountReader(
            provider.GetRequiredService<RedisConnection>(),
            RequestDeadline,
            isUrgent: true,
            provider.GetService<ILogger<RedisAccountReader>>()));
        return services.AddAs<RedisAccountReader>();
    }

    /// <returns>The accounts file that is used; <c>null</c>: the accounts are in Redis.</returns>
    public static string? FindAccountsFile(this IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return configuration[$"{AccountsOptions.Section}:{nameof(AccountsOptions.File)}"] is { Length: > 0 } file ? file
            : configuration.HasRedis() ? null
            : AccountsOptions.DefaultFile;
    }

    private static IServiceCollection AddAs<TReader>(this IServiceCollection services)
        where TReader : class, IAccountReader, IStoreHealth => services
        .AddSingleton<IAccountReader>(provider => provider.GetRequiredService<TReader>())
        .AddSingleton<IStoreHealth>(provider => provider.GetRequiredService<TReader>());
}
