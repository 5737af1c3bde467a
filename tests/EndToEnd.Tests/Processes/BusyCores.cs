using System.Diagnostics;

namespace Eventicat.EndToEnd.Tests.Processes;

/// <summary>Programs that do nothing, as fast as they can.</summary>
/// <param name="perCore">How many for each core.</param>
internal sealed class BusyCores(int perCore = 1) : IDisposable
{
    private readonly List<Process> _processes =
        [.. Enumerable.Range(0, perCore * Environment.ProcessorCount).Select(_ => Process.Start("sh", ["-c", "while :; do :; done"]))];

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            process.Kill();
            process.Dispose();
        }
    }
}
