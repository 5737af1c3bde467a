using System.Diagnostics;
using System.Globalization;
using Eventicat.EndToEnd.Tests.Processes;

namespace Eventicat.EndToEnd.Tests.Sink;

/// <summary>Makes every sync of a running process fail, as a dying disk does, until it is disposed of. Needs strace.</summary>
internal sealed class FailingSync : IAsyncDisposable
{
    private readonly Process _strace;
    private readonly Task<string> _rest;

    private FailingSync(Process strace) => (_strace, _rest) = (strace, strace.StandardError.ReadToEndAsync(CancellationToken.None));

    public static async Task<FailingSync> InjectAsync(int processId)
    {
        var strace = Start(processId);
        // It says so on stderr when it has attached, and ends when it may not.
        var line = await strace.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
        if (line?.Contains("attached", StringComparison.Ordinal) != true)
        {
            strace.Dispose();
            Tool.OfNoUse($"strace cannot attach: {line}");
        }

        return new FailingSync(strace);
    }

    public async ValueTask DisposeAsync()
    {
        PosixSignals.Send(_strace, PosixSignals.Interrupt);
        await _rest;
        await _strace.WaitForExitAsync(TestContext.Current.CancellationToken);
        _strace.Dispose();
    }

    private static Process Start(int processId) => Tool.Start(new ProcessStartInfo("strace", [
        "-f", "-e", "trace=fsync,fdatasync", "-e", "inject=fsync,fdatasync:error=EIO",
        "-o", "/dev/null", "-p", processId.ToString(CultureInfo.InvariantCulture)])
    {
        RedirectStandardError = true,
        UseShellExecute = false,
    });
}
