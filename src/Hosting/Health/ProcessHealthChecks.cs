using Eventicat.Hosting.Logging;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Eventicat.Hosting.Health;

/// <summary>The process is not ready before everything has started, and no longer ready once it was told to stop.</summary>
internal sealed class LifetimeHealthCheck(IHostApplicationLifetime lifetime) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            lifetime.ApplicationStopping.IsCancellationRequested ? HealthCheckResult.Unhealthy("stopping")
            : lifetime.ApplicationStarted.IsCancellationRequested ? HealthCheckResult.Healthy("running")
            : HealthCheckResult.Unhealthy("starting"));
}

/// <summary>A service without its log goes on, but is not well.</summary>
internal sealed class LogHealthCheck(LogWriter writer) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(writer.Flow switch
        {
            LogFlow.Flowing => HealthCheckResult.Healthy("ok"),
            // Its reader does not keep up.
            LogFlow.Dropping => HealthCheckResult.Degraded("dropping"),
            _ => HealthCheckResult.Degraded("failing"),
        });
}
