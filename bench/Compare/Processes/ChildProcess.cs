using System.Diagnostics;

namespace Eventicat.Bench.Compare.Processes;

/// <summary>A program started here and ended here. What it prints goes to a file, as under a service manager.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;

    private ChildProcess(string name, Process process, string log) => (Name, _process, Log) = (name, process, log);

    public string Name { get; }

    /// <value>The file with everything that it printed.</value>
    public string Log { get; }

    /// <value>User and system time used so far; on Linux from <c>/proc/PID/stat</c>, in steps of 10 ms.</value>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public bool HasExited => _process.HasExited;

    public static ChildProcess Start(string name, string log, string? folder, string program, IEnumerable<string> arguments)
    {
        // The shell opens the file and becomes the program, so that nothing stands between the two.
        var start = new ProcessStartInfo("sh", ["-c", "exec \"$@\" >\"$0\" 2>&1", log, program, .. arguments]);
        start.WorkingDirectory = folder ?? "";
        return new ChildProcess(name, Process.Start(start)!, log);
    }

    /// <exception cref="ProcessFailedException">It ended with an error.</exception>
    public async Task WaitForSuccessAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        if (_process.ExitCode != 0)
        {
            throw new ProcessFailedException($"{Name} failed: {await File.ReadAllTextAsync(Log, cancellationToken)}");
        }
    }

    /// <exception cref="ProcessFailedException">It ended, or did not get ready in time.</exception>
    public async Task WaitUntilAsync(Func<Task<bool>> isReady, CancellationToken cancellationToken)
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var started = Stopwatch.StartNew();
        while (!await isReady())
        {
            if (HasExited || started.Elapsed > TimeSpan.FromSeconds(30))
            {
                throw new ProcessFailedException($"{Name} did not start: {await File.ReadAllTextAsync(Log, cancellationToken)}");
            }

            await poll.WaitForNextTickAsync(cancellationToken);
        }
    }

    public void Dispose()
    {
        if (!HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
