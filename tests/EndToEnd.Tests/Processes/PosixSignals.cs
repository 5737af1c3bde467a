using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Eventicat.EndToEnd.Tests.Processes;

internal static class PosixSignals
{
    public const int Interrupt = 2;
    public const int Terminate = 15;

    public static void Send(Process process, int signal) => Assert.Equal(0, Kill(process.Id, signal));

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
