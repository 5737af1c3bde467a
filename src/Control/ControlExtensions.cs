using Eventicat.Accounts;
using Eventicat.Accounts.Storage;
using Eventicat.Accounts.Storage.File;
using Eventicat.Accounts.Storage.Redis;
using Eventicat.Control.AccountStorage;
using Eventicat.Control.AccountStorage.File;
using Eventicat.Control.AccountStorage.Redis;
using Eventicat.Control.Auditing;
using Eventicat.Control.Import;
using Eventicat.Control.KeyUse;
using Eventicat.Control.Operations;
using Eventicat.Control.Storage;
using Eventicat.Control.Storage.Redis;
using Eventicat.Control.Storage.Sqlite;
using Eventicat.Control.Tokens;
using Eventicat.Control.Users;
using Eventicat.Hosting.Configuration;
using Eventicat.Redis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Eventicat.Control;

/// <summary>What a program needs that changes accounts; a gateway only reads them and does without.</summary>
public static class ControlExtensions
{
    private const string FileName = "control.db";
    private static readonly TimeSpan RecordsDeadline = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The accounts with those who may change them, and the control store: an explicit <c>Control:Path</c> wins; otherwise
    /// Redis where the accounts are in Redis; otherwise <c>control.db</c> beside the accounts file.
    /// </summary>
    /// <param name="services">Where to.</param>
    /// <param name="configuration">The process's root configuration.</param>
    /// <param name="accountsDeadline">How long a call for accounts in Redis may take: people wait longer than requests.</param>
    public static IServiceCollection AddControl(this IServiceCollection services, IConfiguration configuration, TimeSpan accountsDeadline)
    {
        services.AddCheckedOptions<ControlOptions>(configuration, ControlOptions.Section);
        services.AddAccountReader(configuration);
        AddAccountStore(services, configuration, accountsDeadline);
        AddRecords(services, configuration);
        AddKeyUse(services, configuration);
        return services
            .AddSingleton<AccountOperations>()
            .AddSingleton<KeyOperations>()
            .AddSingleton<AggregatorOperations>()
            .AddSingleton<AccountImport>()
            .AddSingleton<UserOperations>()
            .AddSingleton<TokenOperations>();
    }

    /// <returns>The SQLite file that is used; <c>null</c>: Redis.</returns>
    public static string? FindControlFile(this IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return configuration[$"{ControlOptions.Section}:{nameof(ControlOptions.Path)}"] is { Length: > 0 } path ? path
            : configuration.FindAccountsFile() is { } file ? BesideAccounts(file)
            : null;
    }

    private static string BesideAccounts(string accountsFile) =>
        Path.Combine(Path.GetDirectoryName(Path.GetFullPath(accountsFile))!, FileName);

    /// <summary>Who changes accounts also reads them through the store, and its health is the store's.</summary>
    private static void AddAccountStore(IServiceCollection services, IConfiguration configuration, TimeSpan deadline)
    {
        if (configuration.FindAccountsFile() is null)
        {
            services.AddSingleton<IAccountStore>(provider => new RedisAccountStore(
                provider.GetRequiredService<RedisConnection>(), deadline, provider.GetService<ILogger<RedisAccountReader>>()));
        }
        else
        {
            services.AddSingleton<IAccountStore>(provider => new FileAccountStore(
                provider.GetRequiredService<FileAccountReader>(), provider.GetRequiredService<TimeProvider>()));
        }

        services.AddSingleton<IAccountReader>(provider => provider.GetRequiredService<IAccountStore>());
        services.AddSingleton<IStoreHealth>(provider => provider.GetRequiredService<IAccountStore>());
    }

    private static void AddRecords(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(provider => new RedisCalls(
            provider.GetRequiredService<RedisConnection>(),
            RecordsDeadline,
            static (fault, exception) => new AccountStoreUnavailableException(fault, exception)));
        if (configuration.FindControlFile() is { } path)
        {
            services.AddSingleton(new ControlDatabase(path));
            services.AddSingleton<IRecordStore, SqliteRecordStore>();
            services.AddSingleton<IAuditLog, SqliteAuditLog>();
        }
        else
        {
            services.AddSingleton(provider => new ControlNames(provider.GetRequiredService<RedisConnection>().Prefix));
            services.AddSingleton<IRecordStore, RedisRecordStore>();
            services.AddSingleton<IAuditLog, RedisAuditLog>();
        }
    }

    /// <summary>Gateways keep last uses in Redis wherever they have one; where they do not, this store does.</summary>
    private static void AddKeyUse(IServiceCollection services, IConfiguration configuration)
    {
        if (configuration.HasRedis())
        {
            services.AddSingleton(provider => new RedisNames(provider.GetRequiredService<RedisConnection>().Prefix));
            services.AddSingleton<IKeyUse, RedisKeyUse>();
        }
        else
        {
            services.AddSingleton(provider => new SqliteKeyUse(provider.GetRequiredService<ControlDatabase>()));
            services.AddSingleton<IKeyUse>(provider => provider.GetRequiredService<SqliteKeyUse>());
        }
    }
}
