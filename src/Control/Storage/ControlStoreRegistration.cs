using Eventicat.Accounts.Auditing;
using Eventicat.Accounts.Operations;
using Eventicat.Accounts.Storage;
using Eventicat.Accounts.Storage.Redis;
using Eventicat.Control.Auditing;
using Eventicat.Control.KeyUse;
using Eventicat.Control.Storage.Redis;
using Eventicat.Control.Storage.Sqlite;
using Eventicat.Control.Tokens;
using Eventicat.Control.Users;
using Eventicat.Hosting.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Eventicat.Control.Storage;

/// <summary>Where users, operator tokens, the audit log and last uses are kept, decided here for all programs.</summary>
public static class ControlStoreRegistration
{
    private const string FileName = "control.db";
    private static readonly TimeSpan RedisDeadline = TimeSpan.FromSeconds(5);

    /// <summary>
    /// An explicit <c>Control:Path</c> wins; otherwise Redis where the accounts are in Redis; otherwise
    /// <c>control.db</c> beside the accounts file. Registers the operations as well. Needs the account store.
    /// </summary>
    public static IServiceCollection AddControlStore(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddCheckedOptions<ControlOptions>(configuration, ControlOptions.Section);
        services.AddSingleton(provider => new RedisCalls(provider.GetRequiredService<RedisConnection>(), RedisDeadline));
        if (FileOf(configuration) is { } path)
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

        AddKeyUse(services, AccountStoreRegistration.HasRedis(configuration));
        return services.AddAccountOperations().AddSingleton<UserOperations>().AddSingleton<TokenOperations>();
    }

    /// <returns>The SQLite file that is used; <c>null</c>: Redis.</returns>
    public static string? FileOf(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return configuration[$"{ControlOptions.Section}:{nameof(ControlOptions.Path)}"] is { Length: > 0 } path ? path
            : AccountStoreRegistration.FileOf(configuration) is { } file ? BesideAccounts(file)
            : null;
    }

    private static string BesideAccounts(string accountsFile) =>
        Path.Combine(Path.GetDirectoryName(Path.GetFullPath(accountsFile))!, FileName);

    /// <summary>Gateways keep last uses in Redis wherever they have one; where they do not, this store does.</summary>
    private static void AddKeyUse(IServiceCollection services, bool gatewaysHaveRedis)
    {
        if (gatewaysHaveRedis)
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
