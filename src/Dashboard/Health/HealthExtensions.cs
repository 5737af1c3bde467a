using Eventicat.Accounts.Storage;
using Eventicat.Control.Storage;
using Eventicat.Hosting.Health;
using Eventicat.Redis;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Eventicat.Dashboard.Health;

internal static class HealthExtensions
{
    public static void AddReadiness(this IServiceCollection services) => services.AddHealth().AddCheck<StoresHealthCheck>("stores");

    private sealed class StoresHealthCheck(IAccountReader accounts, IStoreHealth health, IRecordStore records, IEnumerable<RedisWatch> redis) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                await accounts.GetEpochAsync(default, cancellationToken);
                await records.FindAsync(RecordKind.User, "readiness", cancellationToken);
                return health.Health.State == StoreState.Degraded || redis.Any(static watch => watch.Cause == RedisCause.TwoPrimaries)
                    ? HealthCheckResult.Degraded()
                    : HealthCheckResult.Healthy();
            }
            catch (AccountStoreUnavailableException)
            {
                return HealthCheckResult.Unhealthy();
            }
        }
    }
}
