using Eventicat.Hosting.Configuration;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Yarp.ReverseProxy.Configuration;

namespace Eventicat.Gateway.Forwarding;

internal static class ForwardingExtensions
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);

    public static IServiceCollection AddForwarding(this IServiceCollection services, IConfiguration configuration)
    {
        AddSettings(services, configuration, out var settings);
        services.AddSingleton<RequestHeaderTransform>();
        services.AddSingleton<ForwardedRequests>();
        services.AddHostedService(provider => provider.GetRequiredService<ForwardedRequests>());
        services.Configure<KestrelServerOptions>(HeaderEncoding.Apply);
        services.AddReverseProxy()
            .LoadFromConfig(settings.GetSection(ForwardingConstants.Section))
            .AddConfigFilter<RouteConfigFilter>()
            .ConfigureHttpClient(static (_, handler) =>
            {
                handler.ConnectTimeout = ConnectTimeout;
                // It would replace what the client says of its trace by a span that nobody here records.
                handler.ActivityHeadersPropagator = null;
                HeaderEncoding.Apply(handler);
            })
            .AddTransforms(static transforms =>
            {
                HostTransform.AddTo(transforms);
                RouteValueEncoding.AddTo(transforms.RequestTransforms);
                transforms.RequestTransforms.Add(transforms.Services.GetRequiredService<RequestHeaderTransform>());
                transforms.RequestTransforms.Add(new DestinationTransform());
                transforms.ResponseTransforms.Add(new ResponseHeaderTransform());
                if (transforms.CopyResponseTrailers ?? true)
                {
                    transforms.CopyResponseTrailers = false;
                    transforms.ResponseTrailersTransforms.Insert(0, new ResponseTrailerTransform());
                }
            });
        // YARP only accepts policies that exist; what they mean is decided by the rooms before forwarding.
        services.AddAuthorizationBuilder().AddPolicy(ForwardingConstants.AccountPolicy, policy => policy.RequireAuthenticatedUser());
        UseEphemeralDataProtection(services);
        return services;
    }

    /// <summary>Only YARP's session affinity protects data; the default would write key files into the home directory at start.</summary>
    private static void UseEphemeralDataProtection(IServiceCollection services)
    {
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.Remove(services.Single(service =>
            service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Name == "DataProtectionHostedService"));
    }

    /// <summary>YARP reads only what was checked; a change that has errors leaves it with what it had.</summary>
    private static void AddSettings(IServiceCollection services, IConfiguration configuration, out IConfiguration checkedSettings)
    {
        var settings = new AcceptedSettings(() => YarpSettings.Shape.Read(configuration, ForwardingConstants.Section));
        checkedSettings = settings.Configuration;
        // Not AddHostedService, which takes one of a type.
        services.AddSingleton<IHostedService>(provider => new SettingsReload(
            configuration, settings, ForwardingErrors.Find, provider.GetRequiredService<ILogger<SettingsReload>>()));
        services.AddSingleton<RouteChanges>();
        services.AddSingleton<IConfigChangeListener>(provider => provider.GetRequiredService<RouteChanges>());
        services.AddHealthChecks().Add(new HealthCheckRegistration(
            "routes", provider => new RoutesHealthCheck(settings, provider.GetRequiredService<RouteChanges>()), failureStatus: null, tags: null));
    }

    /// <summary>What is wrong with the configured routes and clusters, one line each.</summary>
    public static IEnumerable<string> FindErrors(IConfiguration configuration) => ForwardingErrors.Find(configuration);

    /// <exception cref="InvalidOperationException">The configured routes or clusters are wrong; the inner exceptions say how.</exception>
    public static void MapForwarding(this WebApplication endpoints)
    {
        // The rooms before forwarding answer for authorization; the platform's middleware would only repeat it.
        ((IApplicationBuilder)endpoints).Properties["__AuthorizationMiddlewareSet"] = true;
        endpoints.MapReverseProxy(static proxy =>
            {
                proxy.UseMiddleware<ForwarderErrorMiddleware>();
                proxy.UseSessionAffinity();
                proxy.UseLoadBalancing();
                proxy.UsePassiveHealthChecks();
                proxy.Use(UncountedFailure.HideAsync);
            })
            .Add(RouteAccessConvention.Apply);
    }

    private sealed class RoutesHealthCheck(AcceptedSettings settings, RouteChanges changes) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(settings.IsStale || changes.HasFailed ? HealthCheckResult.Degraded("stale") : HealthCheckResult.Healthy("ok"));
    }
}
