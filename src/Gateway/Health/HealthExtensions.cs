using Eventicat.Hosting.Logging;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace Eventicat.Gateway.Health;

internal static class HealthExtensions
{
    public static IServiceCollection AddReadiness(this IServiceCollection services)
    {
        services.AddHealthChecks()
            .AddCheck<LifetimeHealthCheck>("lifetime")
            .AddCheck<AccountsHealthCheck>("accounts")
            .AddLogCheck();
        return services;
    }

    /// <summary><c>live</c> depends on nothing: it fails when the process should be restarted. <c>ready</c> says whether to send traffic.</summary>
    public static IApplicationBuilder UseHealth(this IApplicationBuilder app) => app
        .UseHealthChecks("/health/live", new HealthCheckOptions { Predicate = static _ => false, ResponseWriter = static (context, _) => ReadinessResponse.WriteLiveAsync(context) })
        .UseHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = ReadinessResponse.WriteReadyAsync });
}
