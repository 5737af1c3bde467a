using Eventicat.Hosting.Files;
using IOFile = System.IO.File;

namespace Eventicat.Accounts.Storage.File;

/// <summary>The document's bytes on disk: read whole, replaced whole.</summary>
internal sealed class AccountFile(string path)
{
    /// <summary>Some 10 million accounts; a file beyond is none of accounts, or too much for a gateway.</summary>
    private const long MaxBytes = 1 << 30;

    private const UnixFileMode PrivateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <value>The file itself, where <see cref="Path"/> is a symbolic link to it.</value>
    public string Target => new FileInfo(Path) is { LinkTarget: not null } link
        ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName
        : Path;

    /// <returns><c>null</c> when there is no such file.</returns>
    /// <exception cref="IOException">It cannot be read, or is larger than 1 GiB.</exception>
    public FileImage? Read()
    {
        try
        {
            using var file = FileWatch.Open(Path);
            // Taken before reading: a change in between makes the stamp look old, and the file is read again.
            var stamp = FileStamp.Of(file.SafeFileHandle);
            if (stamp.Length > MaxBytes)
            {
                throw new IOException($"it has {stamp.Length} bytes, and {MaxBytes} is the most.");
            }

            var content = new byte[stamp.Length];
            file.ReadExactly(content);
            return new FileImage(stamp, content);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>
    /// Makes the content the file's, all of it or nothing, also across a crash: written aside, synced, renamed, and the
    /// rename synced as well. The caller holds the lock, so the name aside is nobody else's, and what a crash left there
    /// is removed by the next writer.
    /// </summary>
    public void Replace(ReadOnlySpan<byte> content)
    {
        var target = Target;
        var folder = System.IO.Path.GetDirectoryName(target)!;
        var aside = System.IO.Path.Combine(folder, $".{System.IO.Path.GetFileName(target)}.new");
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
