using Eventicat.EventSink.Storage.Sqlite;

namespace Eventicat.EventSink.Storage;

internal static class StorageSetup
{
    public static void AddEventStorage(this IServiceCollection services)
    {
        services.AddOptions<StorageOptions>().BindConfiguration(StorageOptions.Section);
        services.AddSingleton<IEventStore, SqliteEventStore>();
    }
}
