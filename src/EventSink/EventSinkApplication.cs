using Eventicat.EventSink.Configuration;
using Eventicat.EventSink.Errors;
using Eventicat.EventSink.Identity;
using Eventicat.EventSink.Ingestion;
using Eventicat.EventSink.Journal;
using Eventicat.EventSink.Listeners;
using Eventicat.EventSink.Observability;
using Eventicat.EventSink.Reading;
using Eventicat.EventSink.Storage;
using Eventicat.Hosting.Configuration;
using Eventicat.Hosting.Health;
using Eventicat.Hosting.Logging;
using Eventicat.Hosting.Shutdown;

namespace Eventicat.EventSink;

/// <summary>The event sink, built in one way for the program, for <c>eventicat dev</c> and the tests.</summary>
public static class EventSinkApplication
{
    /// <param name="args">The command line: <c>--Section:Key=value</c>, which overrides every other source.</param>
    /// <param name="configure">
    /// Runs last before the application is built: settings and services that it adds win over all others. A registered
    /// <see cref="Serilog.Core.ILogEventSink"/> takes the log instead of standard output.
    /// </param>
    /// <exception cref="InvalidConfigurationException">The configuration is not usable; the message lists every error.</exception>
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(EventSinkApplication).Assembly.GetName().Name,
            ContentRootPath = Directory.GetCurrentDirectory(),
        });
        EventSinkConfiguration.AddSources(builder.Configuration, args);
        builder.AddSinkListeners();
        AddServices(builder.Services, builder.Configuration);
        configure?.Invoke(builder);

        ConfigurationErrors.ThrowIfAny(builder);
        var app = builder.Build();
        UsePipeline(app);
        return app;
    }

    private static void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddRouting();
        services.AddMaskedLogging(configuration);
        services.AddSinkMetrics();
        services.AddDraining(configuration);
        services.AddSettingsFileReload(configuration, "Kestrel");
        services.AddHealth();
        services.AddEventStorage(configuration);
        services.AddEventJournal();
        services.AddEventIngestion();
        services.AddEventReading();
    }

    private static void UsePipeline(WebApplication app)
    {
        app.UseDraining();
        app.UseAccessLog();
        app.UseMiddleware<ErrorMiddleware>();
        app.UseRouting();
        app.UseGatewayIdentity();
        app.MapEventIngestion();
        app.MapEventReading();
        app.MapHealth().WithMetadata(new HttpMethodMetadata([HttpMethods.Get]));
    }
}
