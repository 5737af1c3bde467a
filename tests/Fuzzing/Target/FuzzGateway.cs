using System.Security.Cryptography;
using System.Text;
using Eventicat.Gateway;
using Eventicat.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serilog.Core;

namespace Eventicat.Fuzzing.Target;

/// <summary>The gateway under test: a real Kestrel in this process, two accounts, every log level on, few pooled connections.</summary>
internal sealed class FuzzGateway : IAsyncDisposable
{
    public const string Account = "acme", Key = "canaryKeyOfAcme.0123456789", KeyId = "k1", Aggregator = "agg_1";
    public const string OtherAccount = "other", OtherKey = "canaryKeyOfOther-abcdefghij", OtherKeyId = "k2", OtherAggregator = "agg_2";

    private readonly WebApplication _app;
    private readonly TestCertificate _certificate;
    private readonly string _folder;

    private FuzzGateway(WebApplication app, TestCertificate certificate, string folder)
    {
        _app = app;
        _certificate = certificate;
        _folder = folder;
        // Endpoints are bound in the order of their names.
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToList();
        Http1 = new Uri(addresses[1]);
        Http2 = new Uri(addresses[2]);
        Tls = new Uri(addresses[3]);
    }

    public Uri Http1 { get; }

    public Uri Http2 { get; }

    public Uri Tls { get; }

    public static async Task<FuzzGateway> StartAsync(string backend, ILogEventSink log, bool watchesHealth = true)
    {
        var folder = Directory.CreateTempSubdirectory("fuzz-").FullName;
        var accounts = Path.Combine(folder, "accounts.json");
        await File.WriteAllTextAsync(accounts, $$"""
            { "version": 1, "accounts": [{{AccountJson(Account, Key, KeyId, Aggregator)}}, {{AccountJson(OtherAccount, OtherKey, OtherKeyId, OtherAggregator)}}] }
            """);
        var certificate = new TestCertificate();
        var settings = new Dictionary<string, string?>(certificate.Settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)))
        {
            ["Kestrel:Endpoints:Management:Url"] = "http://127.0.0.1:0",
            ["Kestrel:Endpoints:Public:Url"] = "http://127.0.0.1:0",
            ["Kestrel:Endpoints:PublicHttp2:Url"] = "http://127.0.0.1:0",
            ["Kestrel:Endpoints:PublicHttp2:Protocols"] = "Http2",
            ["Accounts:File"] = accounts,
            ["Authentication:FailuresPerMinute"] = "1000000",
            ["ReverseProxy:Clusters:events:Destinations:sink:Address"] = backend,
            // Few connections, so that each is used again at once; and one bad client must not take the backend from all.
            ["ReverseProxy:Clusters:events:HttpClient:MaxConnectionsPerServer"] = "6",
            ["ReverseProxy:Clusters:events:HealthCheck:Passive:Enabled"] = watchesHealth ? "true" : "false",
            ["ReverseProxy:Clusters:events:HealthCheck:Passive:Policy"] = "TransportFailureRate",
            ["ReverseProxy:Clusters:events:HealthCheck:AvailableDestinationsPolicy"] = "HealthyAndUnknown",
            ["Serilog:MinimumLevel:Default"] = "Verbose",
        };
        foreach (var source in (string[])["Microsoft", "System", "Yarp", "Yarp.ReverseProxy.Forwarder", "Eventicat.Gateway.Authentication"])
        {
            settings[$"Serilog:MinimumLevel:Override:{source}"] = "Verbose";
        }

        var app = GatewayApplication.Create([], builder =>
        {
            builder.Configuration.AddInMemoryCollection(settings);
            builder.Services.AddSingleton(log);
        });
        await app.StartAsync();
        return new FuzzGateway(app, certificate, folder);
    }

    /// <summary>Stops it, and flushes its log.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _certificate.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string AccountJson(string id, string key, string keyId, string aggregator) => $$"""
        { "id": "{{id}}", "limit": { "permits": 1000000, "window": "00:00:00.1000000" },
          "keys": [{ "id": "{{keyId}}", "sha256": "{{Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(key)))}}", "scopes": ["ingest", "read"] }],
          "aggregators": [{ "id": "{{aggregator}}" }] }
        """;
}
