using System.Text.Json;
using Eventicat.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serilog.Core;

namespace Eventicat.EventSink.Tests.Listeners;

/// <summary>The sink listens as all programs do, whose ways are tested with the ground floor, and warns of whom it believes.</summary>
public sealed class ListenersTests : IAsyncLifetime
{
    private const string Host = "sink.example";
    private const string Url = "Kestrel:Endpoints:Http:Url";
    private const string Warning = "only the gateway";

    private readonly TemporaryFolder _folder = new();
    private readonly CapturedLog _log = new();
    private WebApplication? _app;

    private string Settings => Path.Combine(_folder.Path, "appsettings.json");

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task Certificate_Renewed_IsTaken_AndABrokenOneIsDegraded()
    {
        using var authority = new TestAuthority();
        var file = Path.Combine(_folder.Path, "tls.pem");
        WriteCertificate();
        await StartAsync((Url, "https://127.0.0.1:0"), ("Kestrel:Endpoints:Http:Certificate:Path", file));
        var before = await ProbeAsync();
        Assert.Equal((Host, 2, true), (before.Name, before.Sent, before.IsTrusted));

        WriteCertificate();
        await Eventually.TrueAsync(async () => (await ProbeAsync()).Serial != before.Serial);

        File.Delete(file);
        await Eventually.TrueAsync(async () => (await ReadyAsync()).Contains("\"listeners\":\"certificate stale\"", StringComparison.Ordinal));
        WriteCertificate();
        await Eventually.TrueAsync(async () => (await ReadyAsync()).Contains("\"status\":\"ready\"", StringComparison.Ordinal));

        void WriteCertificate()
        {
            var (chain, key) = authority.IssuePem(Host);
            File.WriteAllText(file + ".new", chain + key);
            File.Move(file + ".new", file, overwrite: true);
        }

        Task<TlsProbe> ProbeAsync() =>
            TlsProbe.ConnectAsync(new Uri(_app!.Urls.Single()), Host, authority.Root, TestContext.Current.CancellationToken, "http/1.1");
    }

    [Theory]
    [InlineData("http://127.0.0.1:0", 0)]
    [InlineData("http://[::1]:0", 0)]
    [InlineData("http://0.0.0.0:0", 1)]
    [InlineData("http://*:0", 1)]
    public async Task Start_WhereOthersMayConnect_Warns(string url, int warnings)
    {
        await StartAsync((Url, url));

        Assert.Equal(warnings, Warnings());
    }

    /// <summary>Its permissions say who may connect.</summary>
    [Fact]
    public async Task Start_OnASocketOfTheFileSystem_DoesNotWarn()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "It has paths of another form");
        var socket = Path.Combine(_folder.Path, "sink.sock");

        await StartAsync((Url, $"http://unix:{socket}"));

        Assert.True(File.Exists(socket));
        Assert.Equal(0, Warnings());
    }

    [Fact]
    public async Task Change_ToWhereOthersMayConnect_Warns()
    {
        Write($"http://127.0.0.1:{FreePort.Find()}");
        await StartAsync();
        Assert.Equal(0, Warnings());

        Write($"http://0.0.0.0:{FreePort.Find()}");

        await Eventually.TrueAsync(() => Warnings() == 1);
    }

    private int Warnings() => _log.Rendered.Count(line => line.Contains(Warning, StringComparison.Ordinal));

    private void Write(string url)
    {
        File.WriteAllText(Settings + ".new", JsonSerializer.Serialize(new Dictionary<string, string> { [Url] = url }));
        File.Move(Settings + ".new", Settings, overwrite: true);
    }

    private async Task StartAsync(params (string Key, string? Value)[] settings)
    {
        _app = EventSinkApplication.Create([], builder =>
        {
            builder.Configuration.AddJsonFile(Settings, optional: true, reloadOnChange: true);
            builder.Configuration.AddInMemoryCollection([new("Storage:Path", Path.Combine(_folder.Path, "data")), new("Shutdown:DrainDelay", "00:00:00")]);
            builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)));
            builder.Services.AddSingleton<ILogEventSink>(_log);
        });
        await _app.StartAsync(TestContext.Current.CancellationToken);
    }

    private async Task<string> ReadyAsync()
    {
        using var client = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = { RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null },
        });
        return await client.GetStringAsync(new Uri(new Uri(_app!.Urls.Single()), "/health/ready"), TestContext.Current.CancellationToken);
    }
}
