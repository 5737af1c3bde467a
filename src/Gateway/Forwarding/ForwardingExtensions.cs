using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Yarp.ReverseProxy.Configuration;

namespace Eventicat.Gateway.Forwarding;

internal static class ForwardingExtensions
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);

    public static IServiceCollection AddForwarding(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<RequestHeaderTransform>();
        services.Configure<KestrelServerOptions>(HeaderEncoding.Apply);
        services.AddReverseProxy()
            .LoadFromConfig(configuration.GetSection(ForwardingConstants.Section))
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
                if (!HostTransform.IsWanted(transforms.Route))
                {
                    transforms.RequestTransforms.Insert(0, new HostTransform());
                }

                transforms.RequestTransforms.Add(transforms.Services.GetRequiredService<RequestHeaderTransform>());
                transforms.RequestTransforms.Add(new DestinationTransform());
                transforms.ResponseTransforms.Add(new ResponseHeaderTransform());
                transforms.ResponseTrailersTransforms.Add(new ResponseTrailerTransform());
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

    /// <summary>What is wrong with the demands of the configured routes: see <see cref="RouteConfigFilter"/>.</summary>
    public static IEnumerable<string> FindRouteErrors(IServiceProvider services) => services.GetServices<IProxyConfigProvider>()
        .SelectMany(provider => provider.GetConfig().Routes)
        .Select(RouteConfigFilter.FindError)
        .OfType<string>();

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
            })
            .Add(RouteAccessConvention.Apply);
    }
}
