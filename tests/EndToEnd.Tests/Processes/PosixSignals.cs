using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Eventicat.EndToEnd.Tests.Processes;

internal static class PosixSignals
{
    public const int Interrupt = 2;
    public const int Quit = 3;
    public const int Terminate = 15;

    public static void Send(Process process, int signal) => Assert.True(TrySend(process, signal));

    /// <returns>Whether there was a process to send it to.</returns>
    public static bool TrySend(Process process, int signal) => !process.HasExited && Kill(process.Id, signal) == 0;

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
