using System.Globalization;
using Eventicat.EventSink;
using Eventicat.Gateway;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serilog.Core;

namespace Eventicat.Cli.Dev;

/// <summary>A running event sink and a gateway in front of it, all on loopback, all data in one folder.</summary>
internal sealed class DevEnvironment : IAsyncDisposable
{
    /// <summary>Less than a person waits after Ctrl-C; what was acknowledged is on disk already.</summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(3);

    /// <summary>Where the services listen is said once, by the command itself.</summary>
    private const string Lifetime = "Serilog:MinimumLevel:Override:Microsoft.Hosting.Lifetime";

    private readonly WebApplication _sink;
    private readonly WebApplication _gateway;

    private DevEnvironment(string folder, WebApplication sink, WebApplication gateway)
    {
        (Folder, _sink, _gateway) = (folder, sink, gateway);
        // Endpoints are bound in the order of their names: Management, Public.
        (Management, Gateway) = (gateway.Urls.ElementAt(0), gateway.Urls.ElementAt(1));
    }

    public string Folder { get; }

    public string Gateway { get; }

    public string Management { get; }

    public IServiceProvider Services => _gateway.Services;

    public static string AccountsFile(string folder) => Path.Combine(folder, "accounts.json");

    public static async Task<DevEnvironment> StartAsync(string folder, int port, int managementPort, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var sink = EventSinkApplication.Create([], builder => Configure(builder, "sink", new Settings
        {
            ["Kestrel:Endpoints:Http:Url"] = "http://127.0.0.1:0",
            ["Storage:Path"] = Path.Combine(folder, "events"),
            // The gateway's line says as much.
            ["Serilog:MinimumLevel:Default"] = "Warning",
            [Lifetime] = "Warning",
        }));
        await sink.StartAsync(cancellationToken);
        try
        {
            var gateway = GatewayApplication.Create([], builder => Configure(builder, "gateway", new Settings
            {
                ["Kestrel:Endpoints:Public:Url"] = Loopback(port),
                ["Kestrel:Endpoints:Management:Url"] = Loopback(managementPort),
                ["Accounts:File"] = AccountsFile(folder),
                // On first run there is no file yet, which is news to nobody.
                ["Serilog:MinimumLevel:Override:Eventicat.Accounts"] = "Error",
                [Lifetime] = "Warning",
                ["Redis:Connection"] = "",
                ["ReverseProxy:Clusters:events:Destinations:sink:Address"] = sink.Urls.Single(),
            }));
            await gateway.StartAsync(cancellationToken);
            return new DevEnvironment(folder, sink, gateway);
        }
        catch
        {
            await sink.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns when the token is cancelled, or when the host of one of the services was told to stop.</summary>
    public async Task RunUntilStoppedAsync(CancellationToken cancellationToken)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var cancelled = cancellationToken.Register(() => stopped.TrySetResult());
        await using var gatewayStops = _gateway.Lifetime.ApplicationStopping.Register(() => stopped.TrySetResult());
        await using var sinkStops = _sink.Lifetime.ApplicationStopping.Register(() => stopped.TrySetResult());
        await stopped.Task;
    }

    /// <summary>From the front to the back: the sink answers what the gateway still has under way.</summary>
    public async ValueTask DisposeAsync()
    {
        using var timeout = new CancellationTokenSource(StopTimeout, TimeProvider.System);
        await _gateway.StopAsync(timeout.Token);
        await _sink.StopAsync(timeout.Token);
        await _gateway.DisposeAsync();
        await _sink.DisposeAsync();
    }

    private static void Configure(WebApplicationBuilder builder, string service, Settings settings)
    {
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddSingleton<ILogEventSink>(DevLog.Create(service));
    }

    private static string Loopback(int port) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");

    private sealed class Settings() : Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
}
