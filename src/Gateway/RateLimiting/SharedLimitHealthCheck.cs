using Eventicat.Redis;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Eventicat.Gateway.RateLimiting;

/// <summary>
/// Limits that are not shared at present are a degradation: traffic is served all the same. What counts is what the last
/// decision came to and, for times without any, what the last try of one did; asking Redis here would make a probe wait.
/// </summary>
internal sealed class SharedLimitHealthCheck(SharedLimitState state, RedisWatch watch, IOptions<RateLimitOptions> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult((state.IsDegraded, watch.Cause) switch
        {
            (false, RedisCause.None) => HealthCheckResult.Healthy("shared"),
            // Shared with those gateways only that use the same one.
            (false, RedisCause.TwoPrimaries) => HealthCheckResult.Degraded("two primaries"),
            _ => HealthCheckResult.Degraded(options.Value.OnRedisFailure switch
            {
                RedisFailurePolicy.Allow => "unlimited",
                RedisFailurePolicy.Deny => "denied",
                _ => "local",
            }),
        });
}
