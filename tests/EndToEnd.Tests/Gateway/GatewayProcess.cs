using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Eventicat.EndToEnd.Tests.Processes;
using Eventicat.TestSupport;

namespace Eventicat.EndToEnd.Tests.Gateway;

/// <summary>The gateway as it is published, in a process of its own.</summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly HttpClient _management;

    private GatewayProcess(Process process, Uri address, Uri management)
    {
        _process = process;
        Client = new HttpClient { BaseAddress = address };
        _management = new HttpClient { BaseAddress = management };
    }

    public HttpClient Client { get; }

    /// <value>What it logged as a warning or worse, where its output is read here.</value>
    public ConcurrentQueue<string> Warnings { get; } = new();

    /// <value>What it writes, for a test that said it would read it itself, or not.</value>
    public StreamReader Output => _process.StandardOutput;

    /// <param name="folder">Its working directory.</param>
    /// <param name="backend">The address it forwards to.</param>
    /// <param name="environment">Settings.</param>
    /// <param name="waitForReady">Otherwise it returns as soon as it listens, and nothing has asked its stores yet.</param>
    /// <param name="readOutput">Whether somebody reads what it writes.</param>
    public static async Task<GatewayProcess> StartAsync(
        string folder, string backend, IReadOnlyDictionary<string, string> environment, bool waitForReady = true, bool readOutput = true)
    {
        var (port, managementPort) = (FreePort.Find(), FreePort.Find());
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Eventicat.Gateway.dll")])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment =
            {
                ["Kestrel__Endpoints__Public__Url"] = $"http://127.0.0.1:{port}",
                ["Kestrel__Endpoints__Management__Url"] = $"http://127.0.0.1:{managementPort}",
                ["ReverseProxy__Clusters__events__Destinations__sink__Address"] = backend,
            },
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        var gateway = new GatewayProcess(process, new Uri($"http://127.0.0.1:{port}"), new Uri($"http://127.0.0.1:{managementPort}"));
        if (readOutput)
        {
            process.OutputDataReceived += (_, line) => gateway.Keep(line.Data);
            process.BeginOutputReadLine();
        }

        await Eventually.HoldsAsync(() => gateway.AnswersAsync(waitForReady ? "/health/ready" : "/health/live"), Deadline, TestContext.Current.CancellationToken);
        return gateway;
    }

    public Task<string> ReadinessAsync() => _management.GetStringAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);

    public async Task<HttpStatusCode> ReadinessStatusAsync()
    {
        using var response = await _management.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    public void Signal(int signal) => PosixSignals.Send(_process, signal);

    /// <returns>False once it has ended.</returns>
    public bool TrySignal(int signal) => PosixSignals.TrySend(_process, signal);

    public int ProcessId => _process.Id;

    public int ExitCode => _process.ExitCode;

    public Task ExitAsync() => _process.WaitForExitAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _management.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line?.Contains("\"@l\":\"", StringComparison.Ordinal) == true)
        {
            Warnings.Enqueue(line);
        }
    }

    private async Task<bool> AnswersAsync(string path)
    {
        Assert.False(_process.HasExited, "The gateway ended while starting");
        try
        {
            using var response = await _management.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
