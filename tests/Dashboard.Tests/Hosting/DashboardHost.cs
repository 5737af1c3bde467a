using Eventicat.Control.AccountStorage;
using Eventicat.Control.Auditing;
using Eventicat.Control.Tokens;
using Eventicat.TestSupport;
using Eventicat.TestSupport.Redis;
using Serilog.Core;

namespace Eventicat.Dashboard.Tests.Hosting;

/// <summary>A dashboard on a real Kestrel, with its own folder unless it is told to use Redis.</summary>
internal sealed class DashboardHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private DashboardHost(WebApplication app, string folder, CapturedLog log)
    {
        _app = app;
        Folder = folder;
        Log = log;
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public string Folder { get; }

    public CapturedLog Log { get; }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public IAccountStore Store => Services.GetRequiredService<IAccountStore>();

    public IEnumerable<RouteEndpoint> Endpoints =>
        Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();

    /// <param name="settings">Besides the listener and the folder.</param>
    public static Task<DashboardHost> StartAsync(params (string Key, string? Value)[] settings) => StartAsync(TimeProvider.System, settings);

    public static async Task<DashboardHost> StartAsync(TimeProvider time, params (string Key, string? Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("dashboard-test-").FullName;
        var log = new CapturedLog();
        var all = new Dictionary<string, string?>
        {
            ["Kestrel:Endpoints:Dashboard:Url"] = "http://127.0.0.1:0",
            ["Accounts:File"] = Path.Combine(folder, "accounts.json"),
            ["Shutdown:DrainDelay"] = "00:00:00",
            // Nothing listens there: a gateway is what only some tests have.
            ["Gateway:ManagementUrl"] = "http://127.0.0.1:1",
        };
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        var app = DashboardApplication.Create([], builder =>
        {
            builder.Configuration.AddInMemoryCollection(all);
            builder.Services.AddSingleton<ILogEventSink>(log);
            builder.Services.AddSingleton(time);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new DashboardHost(app, folder, log);
    }

    /// <summary>Accounts and control store in Redis.</summary>
    public static Task<DashboardHost> StartAsync(RedisFixture redis, params (string Key, string? Value)[] settings) =>
        StartAsync([("Accounts:File", ""), ("Redis:Connection", redis.Connection), ("Redis:Prefix", RedisFixture.UniquePrefix()), .. settings]);

    public async Task<AdminClient> WithOperatorAsync(string name = "deploy")
    {
        var made = await Services.GetRequiredService<TokenOperations>().CreateAsync(
            Actor.CommandLine("test"), name, expires: null, TestContext.Current.CancellationToken);
        return new AdminClient(Client, made.Secret.Reveal());
    }

    /// <summary>Stops it and flushes its log.</summary>
    public async Task StopAsync()
    {
        await _app.StopAsync(TestContext.Current.CancellationToken);
        await _app.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
