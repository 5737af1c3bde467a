using System.Runtime.InteropServices;

namespace Eventicat.Hosting.Logging;

/// <summary>
/// The process's output and error output. A batch takes as few system calls as its reader allows. The platform's own stream
/// hides that the reader is gone, which readiness has to say.
/// </summary>
public static partial class StandardOutputs
{
    private const int Interrupted = 4;
    private const short Writable = 4;
    private const int UntilThen = -1;

    private static readonly int WouldWait = OperatingSystem.IsMacOS() ? 35 : 11;

    public static LogOutput Output { get; } = Open(1, Console.OpenStandardOutput);

    public static LogOutput Error { get; } = Open(2, Console.OpenStandardError);

    private static LogOutput Open(int descriptor, Func<Stream> open)
    {
        if (!OperatingSystem.IsWindows())
        {
            return OwnPipe.Is(descriptor) ? static _ => false : batch => TryWrite(descriptor, batch);
        }

        var stream = open();
        return batch =>
        {
            stream.Write(batch);
            return true;
        };
    }

    private static bool TryWrite(int descriptor, ReadOnlySpan<byte> batch)
    {
        while (batch.Length > 0)
        {
            var written = Write(descriptor, batch, (nuint)batch.Length);
            if (written >= 0)
            {
                batch = batch[(int)written..];
            }
            else if (!CanGoOn(descriptor, Marshal.GetLastPInvokeError()))
            {
                return false;
            }
        }

        return true;
    }

    private static bool CanGoOn(int descriptor, int error)
    {
        if (error == WouldWait)
        {
            // Another process may have made the pipe non-blocking; it is the same pipe for all of them.
            var readiness = new Readiness { Descriptor = descriptor, Wanted = Writable };
            return Poll(ref readiness, 1, UntilThen) >= 0 || Marshal.GetLastPInvokeError() == Interrupted;
        }

        return error == Interrupted;
    }

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int descriptor, ReadOnlySpan<byte> bytes, nuint count);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(ref Readiness readiness, nuint count, int timeout);

    [StructLayout(LayoutKind.Sequential)]
    private struct Readiness
    {
        public int Descriptor;
        public short Wanted;
        public short Found;
    }
}
