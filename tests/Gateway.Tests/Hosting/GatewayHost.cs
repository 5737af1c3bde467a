using Eventicat.Accounts;
using Eventicat.Accounts.Storage.File;
using Eventicat.Control.AccountStorage;
using Eventicat.Control.AccountStorage.File;
using Eventicat.Control.AccountStorage.Redis;
using Eventicat.Redis;
using Eventicat.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serilog.Core;

namespace Eventicat.Gateway.Tests.Hosting;

/// <summary>A gateway on a real Kestrel, with its own folder of accounts unless it is told to use Redis.</summary>
internal sealed class GatewayHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _folder;

    private GatewayHost(WebApplication app, string folder, CapturedLog log)
    {
        _app = app;
        _folder = folder;
        Log = log;
        // Endpoints are bound in the order of their names: Management, Public, PublicHttp2, and PublicTls if there is one.
        var addresses = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.ToList();
        Management = new HttpClient { BaseAddress = new Uri(addresses[0]) };
        Public = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(addresses[1]) };
        Http2 = new Uri(addresses[2]);
        Tls = addresses.Count > 3 ? new Uri(addresses[3]) : null;
    }

    public CapturedLog Log { get; }

    public HttpClient Public { get; }

    public HttpClient Management { get; }

    /// <value>A public endpoint that speaks HTTP/2 only, by prior knowledge.</value>
    public Uri Http2 { get; }

    /// <value>A public endpoint over TLS with both protocols, if it was started with <see cref="TestCertificate.Settings"/>.</value>
    public Uri? Tls { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>A gateway has none: it only reads. Who sets up a test has time.</summary>
    private IAccountStore Store => _app.Services.GetService<FileAccountReader>() is { } file
        ? new FileAccountStore(file, TimeProvider.System)
        : new RedisAccountStore(_app.Services.GetRequiredService<RedisConnection>(), TimeSpan.FromSeconds(10));

    public static Task<GatewayHost> StartAsync(string backend, params (string Key, string? Value)[] settings) =>
        StartAsync(backend, static _ => { }, settings);

    public static Task<GatewayHost> StartAsync(string backend, TimeProvider time, params (string Key, string? Value)[] settings) =>
        StartAsync(backend, builder => builder.Services.AddSingleton(time), settings);

    /// <param name="backend">Where requests are forwarded to.</param>
    /// <param name="configure">Adds what settings cannot say, such as a source of settings that changes.</param>
    /// <param name="settings">Override what the host sets itself.</param>
    public static async Task<GatewayHost> StartAsync(
        string backend, Action<WebApplicationBuilder> configure, params (string Key, string? Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("gateway-test-").FullName;
        var log = new CapturedLog();
        var all = new Dictionary<string, string?>
        {
            ["Kestrel:Endpoints:Public:Url"] = "http://127.0.0.1:0",
            ["Kestrel:Endpoints:PublicHttp2:Url"] = "http://127.0.0.1:0",
            ["Kestrel:Endpoints:PublicHttp2:Protocols"] = "Http2",
            ["Kestrel:Endpoints:Management:Url"] = "http://127.0.0.1:0",
            ["ReverseProxy:Clusters:events:Destinations:sink:Address"] = backend,
            ["Shutdown:DrainDelay"] = "00:00:00",
            ["Accounts:File"] = Path.Combine(folder, "accounts.json"),
        };
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        var app = GatewayApplication.Create([], builder =>
        {
            builder.Configuration.AddInMemoryCollection(all);
            builder.Services.AddSingleton<ILogEventSink>(log);
            configure(builder);
        });
        await app.StartAsync();
        return new GatewayHost(app, folder, log);
    }

    /// <summary>Creates or extends an account: one more key, and the aggregators named.</summary>
    public async Task<ApiKey> WithAccountAsync(
        string id, string[] aggregators, AccountLimit? limit = null, Scopes scopes = Scopes.All, string? importedKey = null)
    {
        var key = ApiKey.Generate(out var keyId);
        if (importedKey is not null)
        {
            Assert.True(ApiKey.TryParse(importedKey, out key));
        }

        await ChangeAsync(id, account => (account ?? new Account { Id = AccountId.Parse(id) }) with
        {
            Limit = limit ?? account?.Limit,
            Keys = [.. account?.Keys ?? [], new AccountKey { Id = keyId, Digest = key.Digest, Scopes = scopes }],
            Aggregators = [.. account?.Aggregators ?? [], .. aggregators.Select(name => new Aggregator(AggregatorId.Parse(name)))],
        });
        return key;
    }

    public async Task ChangeAsync(string id, Func<Account?, Account?> change)
    {
        var result = await Store.ChangeAsync(AccountId.Parse(id), change, TestContext.Current.CancellationToken);
        Assert.Null(result.Conflict);
    }

    public Task<HttpResponseMessage> GetAsync(string pathAndQuery, ApiKey? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Address(pathAndQuery));
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key.Reveal()}");
        }

        return Public.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>An address whose path and query are sent as they are.</summary>
    public Uri Address(string pathAndQuery) =>
        new(Public.BaseAddress!.GetLeftPart(UriPartial.Authority) + pathAndQuery, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    /// <summary>Where the only endpoint of a scheme listens now.</summary>
    public Uri AddressOf(string scheme) => _app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses
        .Select(address => new Uri(address)).Single(address => address.Scheme == scheme);

    /// <summary>Stops it and flushes its log.</summary>
    public async Task StopAsync()
    {
        await _app.StopAsync(TestContext.Current.CancellationToken);
        await _app.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Public.Dispose();
        Management.Dispose();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
