using Eventicat.Control;
using Eventicat.Dashboard.Access;
using Eventicat.Dashboard.Admin;
using Eventicat.Dashboard.Configuration;
using Eventicat.Dashboard.Errors;
using Eventicat.Dashboard.Events;
using Eventicat.Dashboard.Health;
using Eventicat.Dashboard.Observability;
using Eventicat.Dashboard.Pages;
using Eventicat.Dashboard.Security;
using Eventicat.Dashboard.Sending;
using Eventicat.Dashboard.SignIn;
using Eventicat.Dashboard.Usage;
using Eventicat.Hosting.Configuration;
using Eventicat.Hosting.Health;
using Eventicat.Hosting.Listeners;
using Eventicat.Hosting.Logging;
using Eventicat.Hosting.Shutdown;
using Eventicat.Hosting.TrustedProxies;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Eventicat.Dashboard;

/// <summary>The dashboard and the admin API, built in one way for the program, for <c>eventicat dev</c> and the tests.</summary>
public static class DashboardApplication
{
    /// <summary>Longer than the gateway's: a person waits for the answer, not a client with a deadline.</summary>
    private static readonly TimeSpan RedisDeadline = TimeSpan.FromSeconds(5);

    /// <param name="args">The command line: <c>--Section:Key=value</c>, which overrides every other source.</param>
    /// <param name="configure">
    /// Runs after the configuration has its sources and before the dashboard adds its services, some of which depend on
    /// settings. What it adds wins: settings over every source, services over those of the dashboard.
    /// </param>
    /// <exception cref="InvalidConfigurationException">The configuration is not usable; the message lists every error.</exception>
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(DashboardApplication).Assembly.GetName().Name,
            ContentRootPath = Directory.GetCurrentDirectory(),
            WebRootPath = PagesExtensions.FilesFolder,
        });
        DashboardConfiguration.AddSources(builder.Configuration, args);
        builder.WebHost.UseKestrel();
        builder.UsePageFiles();
        var caller = new CallerSetup(builder, configure);
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.AddServerHeader = false);
        builder.AddListeners();
        AddServices(builder.Services, builder.Configuration);
        caller.Win();

        ConfigurationErrors.ThrowIfAny(builder);
        var app = builder.Build();
        ConfigurationErrors.ThrowIfAny(() => UsePipeline(app));
        return app;
    }

    private static void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddRouting();
        services.AddMaskedLogging(configuration);
        services.AddDraining(configuration);
        services.AddSettingsFileReload(configuration, "Kestrel");
        services.AddTrustedProxies(configuration);
        services.AddControl(configuration, RedisDeadline);
        services.AddBrowserSecurity();
        services.AddSignIn(configuration);
        services.AddAccess();
        services.AddUsage(configuration);
        services.AddEvents(configuration);
        services.AddSending();
        services.AddAdmin(configuration);
        services.AddPages();
        services.AddReadiness();
    }

    private static void UsePipeline(WebApplication app)
    {
        app.UseDraining();
        app.UseTrustedProxies();
        app.UseMiddleware<AccessLogMiddleware>();
        app.UseErrors();
        app.UseBrowserSecurity();
        app.UseRouting();
        app.UseAdmin();
        app.UseSignIn();
        app.UseAntiforgery();
        app.MapHealth().AllowAnonymous();
        app.MapSignOut();
        app.MapAdmin();
        app.MapPages();
    }
}
