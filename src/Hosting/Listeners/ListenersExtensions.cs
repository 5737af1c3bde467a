using Eventicat.Hosting.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Eventicat.Hosting.Listeners;

public static class ListenersExtensions
{
    /// <summary>
    /// Listens as section <c>Kestrel</c> says, and takes over what changes of it: new certificates without closing
    /// anything, endpoints whose address changes by opening them anew.
    /// </summary>
    /// <param name="builder">With all its settings.</param>
    /// <param name="configure">What else is to be set of each endpoint, by its name.</param>
    /// <param name="isManagement">Which endpoints serve nobody but operators, by their name.</param>
    public static void AddListeners(
        this WebApplicationBuilder builder, Action<string, ListenOptions>? configure = null, Func<string, bool>? isManagement = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var configuration = builder.Configuration;
        builder.Services.AddSingleton<ConfigurationCheck>(() => ListenerErrors.Find(configuration));
        builder.Services.AddSingleton(provider =>
            new ConfiguredListeners(configuration, configure ?? (static (_, _) => { }), provider.GetRequiredService<TimeProvider>()));
        builder.Services.AddOptions<KestrelServerOptions>().Configure<ConfiguredListeners>(static (kestrel, listeners) => listeners.Configure(kestrel));
        builder.Services.AddHostedService<ListenerStart>();
        builder.Services.AddHostedService<CertificateRenewal>();
        builder.Services.AddKeyedSingleton(ConfiguredListeners.KestrelSection, (provider, _) => new SettingsReload(
            configuration,
            provider.GetRequiredService<ConfiguredListeners>().Settings,
            provider.GetRequiredService<ConfiguredListeners>().FindErrors,
            provider.GetRequiredService<ILogger<SettingsReload>>(),
            provider.GetRequiredService<ConfiguredListeners>().Accept,
            "listeners"));
        // Not AddHostedService, which takes one of a type.
        builder.Services.AddSingleton<IHostedService>(provider => provider.GetRequiredKeyedService<SettingsReload>(ConfiguredListeners.KestrelSection));
        builder.Services.AddHostedService<ListenerRecovery>();
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            "listeners",
            provider => new ListenersHealthCheck(
                provider.GetRequiredService<ConfiguredListeners>(), provider.GetRequiredService<IServer>(), isManagement ?? (static _ => false)),
            failureStatus: null,
            tags: null));
    }

    private sealed class ListenersHealthCheck(ConfiguredListeners listeners, IServer server, Func<string, bool> isManagement) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            var addresses = server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;
            return Task.FromResult(
                !listeners.FindOpen(addresses).Any(name => !isManagement(name)) ? HealthCheckResult.Unhealthy("closed")
                : listeners.FindClosed(addresses).Count > 0 ? HealthCheckResult.Degraded("closed")
                : listeners.Certificates.Any(certificate => certificate.IsBroken || certificate.IsHanging) ? HealthCheckResult.Degraded("certificate stale")
                : listeners.Settings.IsStale ? HealthCheckResult.Degraded("stale")
                : HealthCheckResult.Healthy("ok"));
        }
    }
}
