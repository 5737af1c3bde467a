using Eventicat.Accounts.Storage;
using Eventicat.Hosting.Health;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Eventicat.Gateway.Health;

internal static class HealthExtensions
{
    public static void AddReadiness(this IServiceCollection services) => services.AddHealth().AddCheck<AccountsHealthCheck>("accounts");

    /// <summary>A gateway that has never reached its store knows no key; one that has goes on with what it knows.</summary>
    private sealed class AccountsHealthCheck(IAccountReader reader, IStoreHealth store) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                // Nobody's: what counts is that there is an answer. Without traffic nobody else would ask.
                await reader.GetEpochAsync(default, cancellationToken);
            }
            catch (AccountStoreUnavailableException)
            {
                // The store's own account of its health says so as well.
            }

            return store.Health.State switch
            {
                StoreState.Healthy => HealthCheckResult.Healthy("ok"),
                StoreState.Degraded => HealthCheckResult.Degraded("stale"),
                _ => HealthCheckResult.Unhealthy("unreached"),
            };
        }
    }
}
