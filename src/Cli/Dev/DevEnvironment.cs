using System.Globalization;
using System.Runtime.InteropServices;
using Eventicat.Accounts;
using Eventicat.Accounts.Storage;
using Eventicat.Dashboard;
using Eventicat.EventSink;
using Eventicat.Gateway;
using Eventicat.Hosting;
using Eventicat.Hosting.Logging;
using Serilog.Formatting.Display;

namespace Eventicat.Cli.Dev;

/// <summary>A running event sink, a gateway in front of it, and the dashboard, all on loopback, all data in one folder.</summary>
internal sealed class DevEnvironment : IAsyncDisposable
{
    /// <summary>Less than a person waits after Ctrl-C; what was acknowledged is on disk already.</summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    /// <summary>Where the services listen is said once, by the command itself.</summary>
    private const string Lifetime = "Serilog:MinimumLevel:Override:Microsoft.Hosting.Lifetime";

    private readonly Stack<WebApplication> _services = [];

    private IAccountReader? _gatewayAccounts;

    private DevEnvironment(string folder) => Folder = folder;

    public string Folder { get; }

    public string Gateway { get; private set; } = "";

    public string Management { get; private set; } = "";

    public string Dashboard { get; private set; } = "";

    /// <value>The dashboard's, which has all operations.</value>
    public IServiceProvider Operations => _services.Peek().Services;

    public static string AccountsFile(string folder) => Path.Combine(folder, "accounts.json");

    public static async Task<DevEnvironment> StartAsync(string folder, DevPorts ports, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var environment = new DevEnvironment(folder);
        try
        {
            await environment.StartAsync(ports, cancellationToken);
            return environment;
        }
        catch
        {
            await environment.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns when the gateway has read of the key, which takes it a moment: what is printed next has to work.</summary>
    public async Task WaitForAsync(KeyDigest key, CancellationToken cancellationToken)
    {
        while (await _gatewayAccounts!.FindByKeyAsync(key, cancellationToken) is null)
        {
            await Task.Delay(PollInterval, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>Returns when the token is cancelled, or when the host of one of the services was told to stop.</summary>
    /// <returns>The exit code: not 0 where a service has failed.</returns>
    public async Task<int> RunUntilStoppedAsync(CancellationToken cancellationToken)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var cancelled = cancellationToken.Register(() => stopped.TrySetResult());
        foreach (var service in _services)
        {
            service.Lifetime.ApplicationStopping.Register(() => stopped.TrySetResult());
        }

        await stopped.Task;
        return _services.Any(static service => service.HasFailed()) ? 1 : 0;
    }

    /// <summary>From the front to the back: the sink answers what the gateway still has under way.</summary>
    public async ValueTask DisposeAsync()
    {
        using var timeout = new CancellationTokenSource(StopTimeout, TimeProvider.System);
        foreach (var service in _services)
        {
            await service.StopAsync(timeout.Token);
        }

        foreach (var service in _services)
        {
            await service.DisposeAsync();
        }
    }

    private async Task StartAsync(DevPorts ports, CancellationToken cancellationToken)
    {
        var sink = await StartAsync("sink", EventSinkApplication.Create, new Settings
        {
            ["Kestrel:Endpoints:Http:Url"] = "http://127.0.0.1:0",
            ["Storage:Path"] = Path.Combine(Folder, "events"),
            // The gateway's line says as much.
            ["Serilog:MinimumLevel:Default"] = "Warning",
        }, cancellationToken);
        var gateway = await StartAsync("gateway", GatewayApplication.Create, new Settings
        {
            ["Kestrel:Endpoints:Public:Url"] = Loopback(ports.Gateway),
            ["Kestrel:Endpoints:Management:Url"] = Loopback(ports.Management),
            ["Accounts:File"] = AccountsFile(Folder),
            // On first run there is no file yet, which is news to nobody.
            ["Serilog:MinimumLevel:Override:Eventicat.Accounts"] = "Error",
            ["Redis:Connection"] = "",
            ["ReverseProxy:Clusters:events:Destinations:sink:Address"] = sink.Urls.Single(),
        }, cancellationToken);
        // Endpoints are bound in the order of their names: Management, Public.
        _gatewayAccounts = gateway.Services.GetRequiredService<IAccountReader>();
        (Management, Gateway) = (gateway.Urls.ElementAt(0), gateway.Urls.ElementAt(1));
        var dashboard = await StartAsync("dashboard", DashboardApplication.Create, new Settings
        {
            ["Kestrel:Endpoints:Dashboard:Url"] = Loopback(ports.Dashboard),
            ["Accounts:File"] = AccountsFile(Folder),
            ["Control:Path"] = Path.Combine(Folder, "control.db"),
            ["Redis:Connection"] = "",
            ["Gateway:PublicUrl"] = Gateway,
            ["Gateway:ManagementUrl"] = Management,
            ["Sink:Url"] = sink.Urls.Single(),
            ["Serilog:MinimumLevel:Default"] = "Warning",
            ["Serilog:MinimumLevel:Override:Eventicat.Accounts"] = "Error",
        }, cancellationToken);
        Dashboard = dashboard.Urls.Single();
    }

    private async Task<WebApplication> StartAsync(
        string name, Func<string[], Action<WebApplicationBuilder>, WebApplication> create, Settings settings, CancellationToken cancellationToken)
    {
        settings[Lifetime] = "Warning";
        // No load balancer has to notice.
        settings["Shutdown:DrainDelay"] = "00:00:00";
        var service = create([], builder =>
        {
            builder.Configuration.AddInMemoryCollection(settings);
            builder.Services.AddSingleton(_ => DevLog.Create(name));
        });
        _services.Push(service);
        await service.StartAsync(cancellationToken);
        return service;
    }

    private static string Loopback(int port) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");

    private sealed class Settings() : Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
}

/// <summary>Where the services listen; 0 lets the system choose.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DevPorts(int Gateway, int Management, int Dashboard);

/// <summary>Log lines for people, on the error output: the output belongs to the result.</summary>
internal static class DevLog
{
    public static MaskedOutput Create(string service) => new MaskedOutput(
        new MessageTemplateTextFormatter(
            $"{{Timestamp:HH:mm:ss}} {{Level:u3}} {service} {{Message:lj}}{{NewLine}}{{Exception}}", CultureInfo.InvariantCulture),
        StandardOutputs.Error,
        TimeProvider.System);
}
