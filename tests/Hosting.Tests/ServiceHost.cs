using Eventicat.Hosting.Configuration;
using Eventicat.Hosting.Health;
using Eventicat.Hosting.Listeners;
using Eventicat.Hosting.Logging;
using Eventicat.Hosting.Shutdown;
using Eventicat.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serilog.Core;

namespace Eventicat.Hosting.Tests;

/// <summary>
/// A service that is nothing but the ground floor, on a real Kestrel. It answers probes, and 401 to everything else, as a
/// gateway does to those without a key.
/// </summary>
internal sealed class ServiceHost : IAsyncDisposable
{
    private static readonly Dictionary<string, string?> Defaults = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Serilog:MinimumLevel:Override:Microsoft"] = "Warning",
        ["Serilog:MinimumLevel:Override:Microsoft.Extensions.Diagnostics.HealthChecks"] = "Fatal",
        ["Kestrel:Endpoints:Public:Url"] = "http://127.0.0.1:0",
        ["Kestrel:Endpoints:PublicHttp2:Url"] = "http://127.0.0.1:0",
        ["Kestrel:Endpoints:PublicHttp2:Protocols"] = "Http2",
        ["Kestrel:Endpoints:Management:Url"] = "http://127.0.0.1:0",
        ["Shutdown:DrainDelay"] = "00:00:00",
    };

    private readonly WebApplication _app;

    private ServiceHost(WebApplication app, CapturedLog log)
    {
        (_app, Log) = (app, log);
        // Endpoints are bound in the order of their names: Management, Public, PublicHttp2, and PublicTls if there is one.
        Management = new HttpClient { BaseAddress = new Uri(Addresses.First()) };
    }

    public CapturedLog Log { get; }

    public HttpClient Management { get; }

    public IServiceProvider Services => _app.Services;

    private ICollection<string> Addresses => Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;

    /// <summary>The service as it is before it starts.</summary>
    /// <param name="log">Takes its log.</param>
    /// <param name="configure">Adds what settings cannot say, such as a source of settings that changes.</param>
    /// <param name="settings">Override what the service sets itself.</param>
    public static WebApplication Create(CapturedLog log, Action<WebApplicationBuilder> configure, params (string Key, string? Value)[] settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = typeof(ServiceHost).Assembly.GetName().Name });
        builder.Configuration.AddSources(Defaults, [], []);
        builder.Configuration.AddInMemoryCollection(settings
            .GroupBy(setting => setting.Key, StringComparer.OrdinalIgnoreCase)
            .Select(same => KeyValuePair.Create(same.Key, same.Last().Value)));
        builder.WebHost.UseKestrel();
        builder.AddListeners(isManagement: static name => name.StartsWith("Management", StringComparison.Ordinal));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddRouting();
        builder.Services.AddMaskedLogging(builder.Configuration);
        builder.Services.AddDraining(builder.Configuration);
        builder.Services.AddHealth();
        builder.Services.AddSingleton<ILogEventSink>(log);
        configure(builder);
        ConfigurationErrors.ThrowIfAny(builder);
        var app = builder.Build();
        app.UseDraining();
        app.UseRouting();
        app.MapHealth();
        app.MapFallback(static context =>
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        });
        return app;
    }

    public static Task<ServiceHost> StartAsync(params (string Key, string? Value)[] settings) => StartAsync(static _ => { }, settings);

    public static async Task<ServiceHost> StartAsync(Action<WebApplicationBuilder> configure, params (string Key, string? Value)[] settings)
    {
        var log = new CapturedLog();
        var app = Create(log, configure, settings);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new ServiceHost(app, log);
    }

    /// <summary>Where the only endpoint of a scheme listens now.</summary>
    public Uri AddressOf(string scheme) => Addresses.Select(address => new Uri(address)).Single(address => address.Scheme == scheme);

    /// <summary>Stops it and flushes its log.</summary>
    public async Task StopAsync()
    {
        await _app.StopAsync(TestContext.Current.CancellationToken);
        await _app.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Management.Dispose();
        await _app.DisposeAsync();
    }
}
