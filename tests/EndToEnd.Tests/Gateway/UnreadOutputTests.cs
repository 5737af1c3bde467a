using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Eventicat.EndToEnd.Tests.Processes;
using Eventicat.TestSupport;

namespace Eventicat.EndToEnd.Tests.Gateway;

/// <summary>Nobody reads what the gateway writes: a log collector hangs, a terminal is stopped. Clients must not notice.</summary>
public sealed class UnreadOutputTests : IDisposable
{
    private const int Requests = 30_000;
    private const int PerConnection = 1_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("eventicat-e2e-").FullName;

    [Fact]
    public async Task Output_NobodyReads_DropsLinesAndSaysHowMany()
    {
        await using var gateway = await StartAsync();
        for (var sent = 0; sent < Requests; sent += PerConnection)
        {
            await SendAsync(gateway.Client.BaseAddress!, PerConnection);
        }

        Assert.Contains("\"status\":\"degraded\"", await gateway.ReadinessAsync(), StringComparison.Ordinal);
        Assert.Contains("\"log\":\"dropping\"", await gateway.ReadinessAsync(), StringComparison.Ordinal);

        var (written, missing) = (0L, 0L);
        while (written + missing < Requests)
        {
            var line = await gateway.Output.ReadLineAsync(TestContext.Current.CancellationToken);
            using var json = JsonDocument.Parse(line!);
            written += line!.Contains("not_found", StringComparison.Ordinal) ? 1 : 0;
            missing += json.RootElement.TryGetProperty("Lines", out var lines) ? lines.GetInt64() : 0;
        }

        Assert.Equal(Requests, written + missing);
        Assert.True(missing > 0);
        await Eventually.TrueAsync(async () => (await gateway.ReadinessAsync()).Contains("\"status\":\"ready\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Output_ReaderIsGone_ServesOnAndSaysSo()
    {
        await using var gateway = await StartAsync();
        gateway.Output.Close();

        await SendAsync(gateway.Client.BaseAddress!, PerConnection);
        await SendAsync(gateway.Client.BaseAddress!, PerConnection);

        await Eventually.TrueAsync(async () => (await gateway.ReadinessAsync()).Contains("\"log\":\"failing\"", StringComparison.Ordinal));
        Assert.Contains("\"status\":\"degraded\"", await gateway.ReadinessAsync(), StringComparison.Ordinal);
    }

    /// <summary>The numbers of its standard descriptors go to pipes of the runtime, which would take every line.</summary>
    [Fact]
    public async Task Output_ClosedAtTheStart_SaysSo()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux shows what is behind a descriptor");
        var port = FreePort.Find();
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", "exec dotnet \"$0\" <&- >&- 2>&-", Path.Combine(AppContext.BaseDirectory, "Eventicat.Gateway.dll")])
        {
            WorkingDirectory = _folder,
            UseShellExecute = false,
            Environment = { ["Kestrel__Endpoints__Public__Url"] = "http://127.0.0.1:0", ["Kestrel__Endpoints__Management__Url"] = $"http://127.0.0.1:{port}" },
        })!;
        try
        {
            using var client = new HttpClient();
            await Eventually.TrueAsync(async () => await ReadAsync(client, port) is { } body && body.Contains("\"log\":\"failing\"", StringComparison.Ordinal));
        }
        finally
        {
            process.Kill();
        }
    }

    [Fact]
    public async Task Stop_NobodyReads_EndsAllTheSame()
    {
        await using var gateway = await StartAsync();
        await SendAsync(gateway.Client.BaseAddress!, PerConnection);

        gateway.Signal(PosixSignals.Terminate);

        await gateway.ExitAsync().WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<GatewayProcess> StartAsync() => GatewayProcess.StartAsync(
        _folder,
        "http://127.0.0.1:1",
        new Dictionary<string, string>
        {
            ["Shutdown__DrainDelay"] = "00:00:00",
            // Kestrel's own remarks on a busy machine would be counted as requests.
            ["Serilog__MinimumLevel__Override__Microsoft"] = "Fatal",
        },
        readOutput: false);

    private static async Task<string?> ReadAsync(HttpClient client, int port)
    {
        try
        {
            return await client.GetStringAsync(new Uri($"http://127.0.0.1:{port}/health/ready"), TestContext.Current.CancellationToken);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Requests in one write, and their answers: each is counted, so that one that waits for the log would show.</summary>
    private static async Task SendAsync(Uri gateway, int count)
    {
        var token = TestContext.Current.CancellationToken;
        using var client = new TcpClient();
        await client.ConnectAsync(gateway.Host, gateway.Port, token);
        var stream = client.GetStream();
        var requests = new StringBuilder().Insert(0, "GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n", count - 1)
            .Append("GET /nowhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        var writing = stream.WriteAsync(Encoding.ASCII.GetBytes(requests.ToString()), token);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        var answers = await reader.ReadToEndAsync(token).WaitAsync(TimeSpan.FromSeconds(30), token);
        await writing;
        Assert.Equal(count, answers.Split("HTTP/1.1 404").Length - 1);
    }
}
