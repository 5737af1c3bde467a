using Eventicat.EventSink.Storage.Sqlite;
using Eventicat.Hosting.Configuration;
using Microsoft.Extensions.Options;

namespace Eventicat.EventSink.Storage;

internal static class StorageExtensions
{
    public static void AddEventStorage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddCheckedOptions<StorageOptions>(configuration, StorageOptions.Section);
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsValidator>();
        services.AddSingleton<IEventStore, SqliteEventStore>();
    }
}
