using System.IO.Hashing;
using Eventicat.Hosting.Files;

namespace Eventicat.Accounts.Storage.File;

/// <summary>The document's bytes on disk, read whole.</summary>
internal sealed class AccountFile(string path)
{
    /// <summary>Some 10 million accounts; a file beyond is none of accounts, or too much for a gateway.</summary>
    private const long MaxBytes = 1 << 30;

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
}

/// <summary>A file as it was read: the stamp belongs to the content.</summary>
internal sealed record FileImage(FileStamp Stamp, byte[] Content)
{
    public UInt128 Hash { get; } = XxHash128.HashToUInt128(Content);
}
