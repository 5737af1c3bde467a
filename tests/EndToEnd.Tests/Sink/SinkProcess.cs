using System.Diagnostics;
using Eventicat.EndToEnd.Tests.Processes;
using Eventicat.TestSupport;

namespace Eventicat.EndToEnd.Tests.Sink;

/// <summary>The published sink in a process of its own. Every start uses the same port and folder.</summary>
internal sealed class SinkProcess : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly int _port = FreePort.Find();
    private Process? _process;

    public SinkProcess() => Client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_port}"), Timeout = Deadline };

    public HttpClient Client { get; }

    public int ProcessId => _process!.Id;

    public string Folder { get; } = Directory.CreateTempSubdirectory("eventicat-e2e-").FullName;

    /// <param name="maxFileKilobytes">A limit on the size of every file it writes: past it writes fail, as on a full disk.</param>
    public async Task StartAsync(int? maxFileKilobytes = null)
    {
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        string[] command =
        [
            dotnet, Path.Combine(AppContext.BaseDirectory, "Eventicat.EventSink.dll"),
            $"--Kestrel:Endpoints:Http:Url=http://127.0.0.1:{_port}", "--Storage:Path=data", "--Shutdown:DrainDelay=00:00:00", "--Serilog:MinimumLevel:Default=Warning",
        ];
        var start = maxFileKilobytes is null
            ? new ProcessStartInfo(dotnet, command[1..])
            : new ProcessStartInfo("bash", ["-c", $"trap '' XFSZ; ulimit -f {maxFileKilobytes}; exec \"$@\"", "sink", .. command]);
        start.WorkingDirectory = Folder;
        start.RedirectStandardOutput = true;
        // The runtime maps its code through a large file in memory, which the limit on files would forbid.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        _process = Process.Start(start)!;
        _process.BeginOutputReadLine();
        await ReadyAsync();
    }

    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Sends SIGTERM and waits for the end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> TerminateAsync()
    {
        PosixSignals.Send(_process!, PosixSignals.Terminate);
        await _process!.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Deadline, TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Waits until the sink says that it is ready.</summary>
    public async Task ReadyAsync()
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var started = Stopwatch.StartNew();
        while (!await IsReadyAsync())
        {
            Assert.False(_process!.HasExited, "The sink ended while starting");
            Assert.True(started.Elapsed < Deadline, "The sink did not become ready");
            await poll.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_process is { HasExited: false })
        {
            await KillAsync();
        }

        _process?.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var response = await Client.GetAsync("/health/ready", TestContext.Current.CancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
