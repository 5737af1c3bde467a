using System.Diagnostics;
using System.Text.Json;
using Eventicat.EndToEnd.Tests.Cli;
using Eventicat.EndToEnd.Tests.Processes;

namespace Eventicat.EndToEnd.Tests.Dev;

/// <summary><c>eventicat dev</c> as a process, on ports that the system chooses.</summary>
internal sealed class DevProcess : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly Task<string> _errors;

    private DevProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
    }

    public static DevProcess Start(CommandLineHost host, params string[] options) =>
        new(host.Start(["dev", "--port", "0", "--management-port", "0", "--dashboard-port", "0", "--data", "data", .. options]));

    /// <summary>What <c>dev --json</c> says when everything answers.</summary>
    public async Task<JsonElement> ReadJsonAsync()
    {
        using var document = JsonDocument.Parse(await ReadLineAsync());
        return document.RootElement.Clone();
    }

    public async Task<string> ReadLineAsync() =>
        await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Deadline, TestContext.Current.CancellationToken)
        ?? throw new InvalidOperationException($"dev ended: {await _errors}");

    /// <summary>Ctrl-C, which <c>dotnet run</c> hands on to a program that has got it already.</summary>
    /// <returns>How long it took to end.</returns>
    public async Task<TimeSpan> InterruptAsync()
    {
        var watch = Stopwatch.StartNew();
        PosixSignals.Send(_process, PosixSignals.Interrupt);
        PosixSignals.TrySend(_process, PosixSignals.Terminate);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Deadline, TestContext.Current.CancellationToken);
        Assert.Equal(0, _process.ExitCode);
        return watch.Elapsed;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }
}
