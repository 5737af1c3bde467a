using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Eventicat.Gateway.Health;

/// <summary>Not ready before everything has started, and no longer ready once the process was told to stop.</summary>
internal sealed class LifetimeHealthCheck(IHostApplicationLifetime lifetime) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            lifetime.ApplicationStopping.IsCancellationRequested ? HealthCheckResult.Unhealthy("stopping")
            : lifetime.ApplicationStarted.IsCancellationRequested ? HealthCheckResult.Healthy("running")
            : HealthCheckResult.Unhealthy("starting"));
}
