using Eventicat.Accounts.Storage;
using Eventicat.Control.Storage;
using Eventicat.Hosting.Logging;
using Eventicat.Redis;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Eventicat.Dashboard.Health;

internal static class HealthExtensions
{
    public static void AddReadiness(this IServiceCollection services) => services.AddHealthChecks()
        .AddCheck<StoresHealthCheck>("stores")
        .AddLogCheck();

    /// <summary><c>live</c> depends on nothing: it fails when the process should be restarted. <c>ready</c> says whether to send traffic.</summary>
    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = static _ => false, ResponseWriter = WriteAsync }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteAsync }).AllowAnonymous();
    }

    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["status"] = report.Status switch
            {
                HealthStatus.Unhealthy => "unavailable",
                HealthStatus.Degraded => "degraded",
                _ => report.Entries.Count == 0 ? "live" : "ready",
            },
        },
        context.RequestAborted);

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
