namespace Eventicat.EventSink.Journal;

internal static class JournalSetup
{
    public static void AddEventJournal(this IServiceCollection services)
    {
        services.AddSingleton<JournalStatus>();
        services.AddSingleton<EventJournal>();
        services.AddHostedService<JournalWriter>();
    }
}
