using Eventicat.Hosting.Configuration;
using Microsoft.AspNetCore.Builder;
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
    public static void AddListeners(this WebApplicationBuilder builder, Action<string, ListenOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var configuration = builder.Configuration;
        builder.Services.AddSingleton(provider =>
            new ConfiguredListeners(configuration, configure ?? (static (_, _) => { }), provider.GetRequiredService<TimeProvider>()));
        builder.Services.AddOptions<KestrelServerOptions>().Configure<ConfiguredListeners>(static (kestrel, listeners) => listeners.Configure(kestrel));
        builder.Services.AddHostedService<CertificateRenewal>();
        // Not AddHostedService, which takes one of a type.
        builder.Services.AddSingleton<IHostedService>(provider => new SettingsReload(
            configuration,
            provider.GetRequiredService<ConfiguredListeners>().Settings,
            ListenerErrors.Find,
            provider.GetRequiredService<ILogger<SettingsReload>>(),
            provider.GetRequiredService<ConfiguredListeners>().Accept));
        builder.Services.AddHealthChecks().AddCheck<ListenersHealthCheck>("listeners");
    }

    private sealed class ListenersHealthCheck(ConfiguredListeners listeners) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
            listeners.Certificates.Any(certificate => certificate.IsBroken) ? HealthCheckResult.Degraded("certificate stale")
            : listeners.Settings.IsStale ? HealthCheckResult.Degraded("stale")
            : HealthCheckResult.Healthy("ok"));
    }
}
