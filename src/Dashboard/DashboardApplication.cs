using Eventicat.Accounts.Storage;
using Eventicat.Control.Storage;
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
    /// <summary>A person waits for the answer, not a request under a deadline.</summary>
    private static readonly TimeSpan RedisDeadline = TimeSpan.FromSeconds(5);

    /// <param name="args">The command line: <c>--Section:Key=value</c>, which overrides every other source.</param>
    /// <param name="configure">Runs last before the application is built.</param>
    /// <exception cref="InvalidConfigurationException">The configuration is not usable; the message lists every error.</exception>
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(DashboardApplication).Assembly.GetName().Name,
            ContentRootPath = Directory.GetCurrentDirectory(),
            WebRootPath = StaticFiles.Folder,
        });
        DashboardConfiguration.AddSources(builder.Configuration, args);
        builder.WebHost.UseKestrel();
        builder.UseStaticFiles();
        configure?.Invoke(builder);
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.AddServerHeader = false);
        builder.AddListeners();
        AddServices(builder.Services, builder.Configuration);

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
        services.AddAccountStore(configuration, RedisDeadline);
        services.AddControlStore(configuration);
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
        app.UseAccessLog();
        app.UseErrors();
        app.UseBrowserSecurity();
        app.UseRouting();
        app.UseAdmin();
        app.UseSignIn();
        app.UseAntiforgery();
        app.MapHealth().AllowAnonymous();
        app.MapSignOut();
        app.MapAdmin();
        app.MapStaticFiles();
        app.MapPages();
    }
}
