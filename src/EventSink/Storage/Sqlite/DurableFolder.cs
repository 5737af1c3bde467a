using System.Runtime.InteropServices;

namespace Eventicat.EventSink.Storage.Sqlite;

/// <summary>
/// Creates folders that survive a power failure. SQLite syncs the folder its files are in, but not that folder's own
/// entry: without it, the first events of a new sink could be lost with everything around them.
/// </summary>
internal static class DurableFolder
{
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
        if (parent is not null && !OperatingSystem.IsWindows())
        {
            Sync(parent);
        }
    }

    /// <summary>Some file systems cannot sync a folder, and then need not; SQLite ignores the failure as well.</summary>
    private static void Sync(string folder)
    {
        var descriptor = Open(folder, flags: 0);
        if (descriptor >= 0)
        {
            _ = FileSync(descriptor);
            _ = Close(descriptor);
        }
    }

    [DllImport("libc", EntryPoint = "open")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int FileSync(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
