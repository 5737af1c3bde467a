using System.Runtime.InteropServices;

namespace Eventicat.Hosting.Files;

/// <summary>
/// Folders whose entries survive a power failure: a new file, a new folder and a rename are durable when the folder they
/// are in is synced. .NET opens no folders, so this asks the C library; Windows journals entries by itself.
/// </summary>
public static partial class DurableFolder
{
    private const int ReadOnly = 0;

    /// <summary>Creates the folder with all that are missing above it, and syncs the one that each is in.</summary>
    public static void Create(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        var parent = Path.GetDirectoryName(path);
        if (parent is not null)
        {
            Create(parent);
        }

        Directory.CreateDirectory(path);
        if (parent is not null)
        {
            // Some file systems cannot sync a folder, and then need not; SQLite ignores the failure as well.
            _ = FindFailure(parent);
        }
    }

    /// <exception cref="IOException">It cannot be synced: nobody knows whether its entries are durable.</exception>
    public static void Sync(string path)
    {
        if (FindFailure(path) is { } failure)
        {
            throw new IOException(failure);
        }
    }

    /// <returns>Why the folder could not be synced; <c>null</c>: it was.</returns>
    private static string? FindFailure(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        var descriptor = Open(path, ReadOnly);
        if (descriptor < 0)
        {
            return $"The folder '{path}' cannot be opened for syncing: {Marshal.GetLastPInvokeErrorMessage()}.";
        }

        var failed = FSync(descriptor) != 0;
        var reason = Marshal.GetLastPInvokeErrorMessage();
        _ = Close(descriptor);
        return failed ? $"The folder '{path}' cannot be synced: {reason}." : null;
    }

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(int descriptor);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
