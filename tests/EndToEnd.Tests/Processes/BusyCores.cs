using System.Diagnostics;

namespace Eventicat.EndToEnd.Tests.Processes;

/// <summary>Programs that do nothing, one for each core, as fast as they can.</summary>
internal sealed class BusyCores : IDisposable
{
    private readonly List<Process> _processes =
        [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Process.Start("sh", ["-c", "while :; do :; done"]))];

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            process.Kill();
            process.Dispose();
        }
    }
}
