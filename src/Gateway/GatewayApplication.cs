using Eventicat.Accounts;
using Eventicat.Gateway.Authentication;
using Eventicat.Gateway.Configuration;
using Eventicat.Gateway.Cors;
using Eventicat.Gateway.Credentials;
using Eventicat.Gateway.Errors;
using Eventicat.Gateway.Forwarding;
using Eventicat.Gateway.Health;
using Eventicat.Gateway.Limits;
using Eventicat.Gateway.Listeners;
using Eventicat.Gateway.Observability;
using Eventicat.Gateway.Ownership;
using Eventicat.Gateway.RateLimiting;
using Eventicat.Gateway.Usage;
using Eventicat.Hosting.Configuration;
using Eventicat.Hosting.Health;
using Eventicat.Hosting.Listeners;
using Eventicat.Hosting.Logging;
using Eventicat.Hosting.Shutdown;
using Eventicat.Hosting.TrustedProxies;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Eventicat.Gateway;

/// <summary>The gateway, built in one way for the program, for <c>eventicat dev</c>, the tests and the benchmarks.</summary>
public static class GatewayApplication
{
    /// <param name="args">The command line: <c>--Section:Key=value</c>, which overrides every other source.</param>
    /// <param name="configure">
    /// Runs after the configuration has its sources and before the gateway adds its services, some of which depend on
    /// settings. What it adds wins: settings over every source, services over those of the gateway.
    /// </param>
    /// <exception cref="InvalidConfigurationException">The configuration is not usable; the message lists every error.</exception>
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        // Empty: nothing of the defaults (development pages, forwarded headers by environment variable) is wanted here.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(GatewayApplication).Assembly.GetName().Name,
            ContentRootPath = Directory.GetCurrentDirectory(),
        });
        GatewayConfiguration.AddSources(builder.Configuration, args);
        builder.WebHost.UseKestrel();
        var caller = new CallerSetup(builder, configure);
        builder.AddListeners(Listeners.ListenersExtensions.MarkManagement, Listeners.ListenersExtensions.IsManagement);
        AddServices(builder.Services, builder.Configuration);
        caller.Win();

        ConfigurationErrors.ThrowIfAny(builder, _ => ForwardingExtensions.FindErrors(builder.Configuration));
        var app = builder.Build();
        ConfigurationErrors.ThrowIfAny(() => UsePipeline(app));
        return app;
    }

    private static void AddServices(IServiceCollection services, ConfigurationManager configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddRouting();
        services.AddMaskedLogging(configuration);
        services.AddDraining(configuration);
        services.AddSettingsFileReload(configuration, ForwardingConstants.Section, "Kestrel");
        services.AddAccountReader(configuration);
        services.AddCredentials(configuration);
        services.AddLimits(configuration);
        services.AddBrowserAccess(configuration);
        services.AddTrustedProxies(configuration);
        services.AddApiKeyAuthentication(configuration);
        services.AddRateLimiting(configuration);
        services.AddUsage(configuration);
        services.AddForwarding(configuration);
        services.AddReadiness();
    }

    /// <summary>The way of a request. Every step may answer; what passes all of them is forwarded.</summary>
    private static void UsePipeline(WebApplication app)
    {
        app.UseCredentialGuard();
        app.UseDraining();
        app.UseManagement(management => management.UseHealth().UseUsageEndpoints());
        app.UseAccessLog();
        app.UseUsageCounting();
        app.UseMiddleware<ErrorMiddleware>();
        app.UseMiddleware<MalformedRequestMiddleware>();
        app.UseTrustedProxies();
        app.UseBrowserAccess();
        app.UseLimits();
        app.UseMiddleware<PathMiddleware>();
        app.UseRouting();
        app.UseMiddleware<RouteRequiredMiddleware>();
        app.UseBodyLimit();
        app.UseMiddleware<HeaderMiddleware>();
        app.UseMiddleware<UpgradeMiddleware>();
        app.UseHttpsRequirement();
        app.UseApiKeyAuthentication();
        app.UseUrlKeyPolicy();
        app.UseRateLimiting();
        app.UseOwnership();
        app.MapForwarding();
    }
}
