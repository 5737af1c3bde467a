using Eventicat.Accounts.Storage.Redis;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Eventicat.Gateway.RateLimiting;

/// <summary>Limits that are not shared at present are a degradation: traffic is served all the same.</summary>
internal sealed class SharedLimitHealthCheck(RedisConnection connection, IOptions<RateLimitOptions> options, TimeProvider time) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var database = await connection.GetDatabaseAsync(cancellationToken);
            await database.PingAsync().WaitAsync(options.Value.Deadline, time, cancellationToken);
            return HealthCheckResult.Healthy("shared");
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            return HealthCheckResult.Degraded("local");
        }
    }
}
