using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Eventicat.Hosting.Health;

public static class HealthExtensions
{
    private static readonly HealthCheckOptions Live = new()
    {
        Predicate = static _ => false,
        ResponseWriter = static (context, _) => HealthAnswer.WriteLiveAsync(context),
        // The answer says itself that it is not for caches.
        AllowCachingResponses = true,
    };

    private static readonly HealthCheckOptions Ready = new()
    {
        ResponseWriter = HealthAnswer.WriteReadyAsync,
        AllowCachingResponses = true,
    };

    /// <summary>Checks whether the process is running and whether its log gets through. Rooms add what they depend on.</summary>
    public static IHealthChecksBuilder AddHealth(this IServiceCollection services) => services.AddHealthChecks()
        .AddCheck<LifetimeHealthCheck>("lifetime")
        .AddCheck<LogHealthCheck>("log");

    /// <summary><c>live</c> depends on nothing: it fails when the process should be restarted. <c>ready</c> says whether to send traffic.</summary>
    public static IEndpointConventionBuilder MapHealth(this IEndpointRouteBuilder endpoints)
    {
        var health = endpoints.MapGroup("/health");
        health.MapHealthChecks("/live", Live);
        health.MapHealthChecks("/ready", Ready);
        return health;
    }

    /// <summary>The same as <see cref="MapHealth"/>, for a pipeline without routing.</summary>
    public static IApplicationBuilder UseHealth(this IApplicationBuilder app) => app
        .UseHealthChecks("/health/live", Live)
        .UseHealthChecks("/health/ready", Ready);
}
