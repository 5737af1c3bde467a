using System.IO.Hashing;
using Microsoft.Win32.SafeHandles;

namespace Eventicat.Hosting.Files;

/// <summary>
/// Which file stands behind a path, and in which state. Size and time of writing do not say it: <c>cp -p</c>,
/// <c>rsync -t</c> and package managers set the time. On Linux it is the inode and the time at which the system last
/// changed it, which no program can set; elsewhere it is the content.
/// </summary>
public readonly record struct FileStamp
{
    private readonly UInt128 _identity;
    private readonly long _changed;
    private readonly long _modified;

    /// <param name="identity">Device and inode, or the hash of the content.</param>
    /// <param name="changed">Nanoseconds since 1970, as is <paramref name="modified"/>.</param>
    /// <param name="modified">What programs see and set.</param>
    /// <param name="length">In bytes.</param>
    internal FileStamp(UInt128 identity, long changed, long modified, long length)
    {
        _identity = identity;
        _changed = changed;
        _modified = modified;
        Length = length;
    }

    /// <value>In bytes.</value>
    public long Length { get; }

    /// <summary>Of what the path leads to in the end, through all symbolic links.</summary>
    /// <returns><c>null</c> when there is no such file.</returns>
    /// <exception cref="IOException">It cannot be looked at.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be looked at.</exception>
    public static FileStamp? Of(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (FileStatus.IsSupported)
        {
            return FileStatus.Read(path);
        }

        try
        {
            using var handle = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
            return Of(handle);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Of an open file. What is read from it afterwards is of this state or of a later one.</summary>
    /// <exception cref="IOException">It cannot be looked at.</exception>
    public static FileStamp Of(SafeFileHandle handle)
    {
        ArgumentNullException.ThrowIfNull(handle);
        return FileStatus.IsSupported ? FileStatus.Read(handle) : OfContent(handle);
    }

    private static FileStamp OfContent(SafeFileHandle handle)
    {
        var hash = new XxHash128();
        var buffer = new byte[64 * 1024];
        long length = 0;
        for (int read; (read = RandomAccess.Read(handle, buffer, length)) > 0; length += read)
        {
            hash.Append(buffer.AsSpan(0, read));
        }

        return new FileStamp(hash.GetCurrentHashAsUInt128(), changed: 0, modified: 0, length);
    }
}
