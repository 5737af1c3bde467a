using Eventicat.EventSink.Configuration;
using Eventicat.EventSink.Errors;
using Eventicat.EventSink.Identity;
using Eventicat.EventSink.Ingestion;
using Eventicat.EventSink.Journal;
using Eventicat.EventSink.Observability;
using Eventicat.EventSink.Reading;
using Eventicat.EventSink.Storage;
using Eventicat.Hosting.Shutdown;

namespace Eventicat.EventSink;

/// <summary>The event sink as a whole: its own process, <c>eventicat dev</c> and the tests build it here.</summary>
public static class EventSinkApplication
{
    /// <param name="args">Command line configuration, e.g. <c>--Storage:Path=data</c>.</param>
    /// <param name="configure">
    /// Runs last before the application is built: configuration added here wins, and so do services. A registered
    /// <see cref="Serilog.Core.ILogEventSink"/> takes the log instead of stdout.
    /// </param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">
    /// The configuration has errors; the exception lists all of them.
    /// </exception>
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(EventSinkApplication).Assembly.GetName().Name,
            ContentRootPath = Directory.GetCurrentDirectory(),
        });
        builder.Configuration.AddSinkConfiguration(args);
        builder.AddSinkListener();
        builder.Services.AddRouting();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSinkObservability(builder.Configuration);
        builder.Services.AddDraining(builder.Configuration);
        builder.Services.AddEventStorage();
        builder.Services.AddEventJournal();
        builder.Services.AddEventIngestion();
        builder.Services.AddEventReading();
        configure?.Invoke(builder);
        ConfigurationValidator.Validate(builder.Configuration);

        var app = builder.Build();
        app.UseDraining();
        app.UseAccessLog();
        app.UseErrorAnswers();
        app.UseRouting();
        app.UseGatewayIdentity();
        app.MapEventIngestion();
        app.MapEventReading();
        app.MapHealth();
        app.WarnWhenReachable();
        return app;
    }
}
