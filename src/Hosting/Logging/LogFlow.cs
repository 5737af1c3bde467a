using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Eventicat.Hosting.Logging;

/// <summary>How the log is doing.</summary>
public enum LogFlow
{
    Flowing,

    /// <summary>Its reader does not keep up: lines are missing.</summary>
    Dropping,

    /// <summary>It cannot be written: the reader is gone, the disk is full.</summary>
    Failing,
}

public static class LogFlowExtensions
{
    /// <value>As readiness shows it.</value>
    public static string Name(this LogFlow flow) => flow switch
    {
        LogFlow.Flowing => "ok",
        LogFlow.Dropping => "dropping",
        _ => "failing",
    };

    /// <summary>A service without its log goes on, but is not well.</summary>
    public static IHealthChecksBuilder AddLogCheck(this IHealthChecksBuilder checks)
    {
        ArgumentNullException.ThrowIfNull(checks);
        return checks.AddCheck<LogHealthCheck>("log");
    }

    private sealed class LogHealthCheck(LogWriter writer) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(writer.Flow is LogFlow.Flowing
                ? HealthCheckResult.Healthy(writer.Flow.Name())
                : HealthCheckResult.Degraded(writer.Flow.Name()));
    }
}
