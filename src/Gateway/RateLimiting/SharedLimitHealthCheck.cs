using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Eventicat.Gateway.RateLimiting;

/// <summary>Limits that are not shared at present are a degradation: traffic is served all the same.</summary>
internal sealed class SharedLimitHealthCheck(SharedLimitState state) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(state.IsDegraded ? HealthCheckResult.Degraded("local") : HealthCheckResult.Healthy("shared"));
}
