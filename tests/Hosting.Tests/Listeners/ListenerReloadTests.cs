using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Eventicat.TestSupport;
using Microsoft.Extensions.Configuration;

namespace Eventicat.Hosting.Tests.Listeners;

/// <summary>The addresses of endpoints are changed while the service runs.</summary>
public sealed class ListenerReloadTests : IAsyncLifetime
{
    private const string Http2Url = "Kestrel:Endpoints:PublicHttp2:Url";
    private const string Url = "Kestrel:Endpoints:Public:Url";

    private readonly string _folder = Directory.CreateTempSubdirectory("hosting-listeners-").FullName;
    private readonly int _port = FreePort.Find();
    private ServiceHost? _service;

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
        {
            await _service.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("taken")]
    [InlineData("localhost")]
    [InlineData("all")]
    [InlineData("management")]
    [InlineData("twice")]
    [InlineData("foreign")]
    public async Task Address_ThatCannotBeOpened_ClosesNothing(string fault)
    {
        await StartAsync();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var taken = ((IPEndPoint)other.LocalEndpoint).Port;
        var free = FreePort.Find();
        switch (fault)
        {
            case "management":
                Write((Url, $"http://127.0.0.1:{_service!.Management.BaseAddress!.Port}"));
                break;
            case "twice":
                Write((Url, $"http://127.0.0.1:{free}"), (Http2Url, $"http://127.0.0.1:{free}"));
                break;
            default:
                Write((Url, fault switch
                {
                    "taken" => $"http://127.0.0.1:{taken}",
                    "localhost" => $"http://localhost:{taken}",
                    "all" => $"http://*:{taken}",
                    _ => $"http://192.0.2.77:{_port}",
                }));
                break;
        }

        var line = await LineAsync("Settings were not taken over");

        Assert.Contains(fault == "twice" ? Http2Url : Url, line, StringComparison.Ordinal);
        var (status, body) = await ReadyAsync();
        Assert.Equal(200, status);
        Assert.Contains("\"status\":\"degraded\"", body, StringComparison.Ordinal);
        Assert.Contains("\"listeners\":\"stale\"", body, StringComparison.Ordinal);
        Assert.True(await AnswersAsync(_port));
        Assert.DoesNotContain("   at ", _service!.Log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Address_ThatIsTaken_IsTakenOver_WhenItIsFree()
    {
        await StartAsync();
        var port = FreePort.Find();
        using (var other = new TcpListener(IPAddress.Loopback, port))
        {
            other.Start();
            Write((Url, $"http://127.0.0.1:{port}"));
            await LineAsync("Settings were not taken over");
        }

        await Eventually.TrueAsync(() => AnswersAsync(port));
        await Eventually.TrueAsync(async () => (await ReadyAsync()).Body.Contains("\"status\":\"ready\"", StringComparison.Ordinal));
        Assert.False(await AnswersAsync(_port));
        Assert.Single(Lines("Settings were not taken over"));
    }

    [Fact]
    public async Task Address_ThatHoldsTheOldOne_IsTakenOver()
    {
        await StartAsync();
        var port = FreePort.Find();

        Write((Url, $"http://*:{_port}"));

        await Eventually.TrueAsync(() => AnswersAsync(_port, "127.0.0.2"));
        Write((Url, $"http://127.0.0.1:{port}"), (Http2Url, $"http://127.0.0.1:{_port}"), ("Kestrel:Endpoints:PublicHttp2:Protocols", "Http1"));
        await Eventually.TrueAsync(async () => await AnswersAsync(port) && await AnswersAsync(_port));
        await Eventually.TrueAsync(async () => (await ReadyAsync()).Body.Contains("\"status\":\"ready\"", StringComparison.Ordinal));
        Assert.Empty(Lines("Settings were not taken over"));
    }

    /// <summary>Whether all addresses can be had shows only when the one of them that is open is closed.</summary>
    [Theory]
    [InlineData(true, 1, 200, "degraded")]
    [InlineData(false, 2, 503, "unavailable")]
    public async Task Address_TakenBySomebodyMeanwhile_IsNotReady_AndOpenedWhenItIsFree(bool hasAnother, int closed, int expected, string named)
    {
        var port2 = FreePort.Find();
        await StartAsync((Http2Url, $"http://127.0.0.1:{port2}"));
        using (var other = new TcpListener(IPAddress.Parse("127.0.0.2"), _port))
        using (var other2 = new TcpListener(IPAddress.Parse("127.0.0.2"), port2))
        {
            other.Start();
            other2.Start();
            Write((Url, $"http://0.0.0.0:{_port}"), (Http2Url, $"http://{(hasAnother ? "127.0.0.1" : "0.0.0.0")}:{port2}"));
            await Eventually.TrueAsync(() => Lines("Unable to bind").Count == closed);
            var (status, body) = await ReadyAsync();
            Assert.Equal(expected, status);
            Assert.Contains($"\"status\":\"{named}\"", body, StringComparison.Ordinal);
            Assert.Contains("\"listeners\":\"closed\"", body, StringComparison.Ordinal);
            await Eventually.TrueAsync(() => Lines("is not open").Count == closed);
        }

        await Eventually.TrueAsync(() => AnswersAsync(_port));
        await Eventually.TrueAsync(() => Lines("is open again").Count == closed);
        Assert.Contains("\"status\":\"ready\"", (await ReadyAsync()).Body, StringComparison.Ordinal);
        Assert.Equal(closed, Lines("Unable to bind").Count);
        Assert.Equal(closed, Lines("is not open").Count);
        Assert.DoesNotContain("   at ", _service!.Log.ToString(), StringComparison.Ordinal);
    }

    private string Settings => Path.Combine(_folder, "appsettings.json");

    private async Task StartAsync(params (string Key, string? Value)[] settings)
    {
        Write((Url, $"http://127.0.0.1:{_port}"));
        _service = await ServiceHost.StartAsync(
            builder => builder.Configuration.AddJsonFile(Settings, optional: false, reloadOnChange: true), settings);
    }

    private void Write(params (string Key, string Value)[] settings)
    {
        File.WriteAllText(Settings + ".new", JsonSerializer.Serialize(settings.ToDictionary(setting => setting.Key, setting => setting.Value)));
        File.Move(Settings + ".new", Settings, overwrite: true);
    }

    private List<string> Lines(string text) => [.. _service!.Log.Rendered.Where(line => line.Contains(text, StringComparison.Ordinal))];

    private async Task<string> LineAsync(string text)
    {
        await Eventually.TrueAsync(() => Lines(text).Count > 0);
        return Lines(text)[0];
    }

    private async Task<(int Status, string Body)> ReadyAsync()
    {
        using var response = await _service!.Management.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<bool> AnswersAsync(int port, string address = "127.0.0.1")
    {
        using var client = new HttpClient();
        try
        {
            using var response = await client.GetAsync(new Uri($"http://{address}:{port}/api/event"), TestContext.Current.CancellationToken);
            return response.StatusCode == HttpStatusCode.Unauthorized;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
