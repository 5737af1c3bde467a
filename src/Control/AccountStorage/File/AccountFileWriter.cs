using Eventicat.Hosting.Files;
using IOFile = System.IO.File;

namespace Eventicat.Control.AccountStorage.File;

/// <summary>Replaces the document's file.</summary>
internal static class AccountFileWriter
{
    private const UnixFileMode PrivateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>
    /// Makes the content the file's, all of it or nothing, also across a crash: written aside, synced, renamed, and the
    /// rename synced as well. The caller holds the lock, so the name aside is nobody else's, and what a crash left there
    /// is removed by the next writer.
    /// </summary>
    /// <param name="target">The file itself, no link to it.</param>
    /// <param name="content">All that it shall hold.</param>
    public static void Replace(string target, ReadOnlySpan<byte> content)
    {
        var folder = Path.GetDirectoryName(target)!;
        var aside = Path.Combine(folder, $".{Path.GetFileName(target)}.new");
        // Not opened over: it may be a link, or have another owner's mode.
        IOFile.Delete(aside);
        try
        {
            WriteSynced(aside, content, target);
            IOFile.Move(aside, target, overwrite: true);
        }
        catch
        {
            IOFile.Delete(aside);
            throw;
        }

        DurableFolder.Sync(folder);
    }

    private static void WriteSynced(string aside, ReadOnlySpan<byte> content, string target)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = PrivateMode;
        }

        using var file = new FileStream(aside, options);
        if (!OperatingSystem.IsWindows() && IOFile.Exists(target))
        {
            IOFile.SetUnixFileMode(file.SafeFileHandle, IOFile.GetUnixFileMode(target));
        }

        file.Write(content);
        file.Flush(flushToDisk: true);
    }
}
