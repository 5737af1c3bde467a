using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Eventicat.EventSink.Journal;

internal static class JournalExtensions
{
    public static void AddEventJournal(this IServiceCollection services)
    {
        services.AddSingleton<JournalStatus>();
        services.AddSingleton<EventJournal>();
        services.AddHostedService<JournalWriter>();
        services.AddHealthChecks().AddCheck<StoreHealthCheck>("store");
    }

    /// <summary>The last commit tells whether the store takes events.</summary>
    private sealed class StoreHealthCheck(JournalStatus status) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(status.Available ? HealthCheckResult.Healthy("ready") : HealthCheckResult.Unhealthy("unavailable"));
    }
}
