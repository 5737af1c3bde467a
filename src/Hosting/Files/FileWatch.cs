namespace Eventicat.Hosting.Files;

/// <summary>
/// Tells a reader of a file, when asked, whether to read it again. Events of the file system would not do: they are lost on
/// network and container mounts, and do not follow links.
/// </summary>
public sealed class FileWatch(string path, TimeProvider time)
{
    /// <summary>FAT counts in two seconds, and nothing in use counts in longer steps.</summary>
    private static readonly TimeSpan CoarsestClock = TimeSpan.FromSeconds(2);

    private FileStamp? _stamp;
    private long _since;
    private bool _conclusive;

    /// <summary>Opens a file that others may replace meanwhile. What is no file is refused: opening it may never return.</summary>
    /// <exception cref="IOException">There is none, or it cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static FileStream Open(string path)
    {
        if (FileStatus.IsSupported)
        {
            _ = FileStatus.Read(path);
        }

        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
    }

    /// <summary>
    /// Whether the file may be in another state than the one noted. A second change within one tick of the file
    /// system's clock does not show in the stamp, so a file counts as changing until its stamp has been old for long
    /// enough. How long is measured here: the file may be on a machine with another time.
    /// </summary>
    /// <exception cref="IOException">It cannot be looked at.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be looked at.</exception>
    public bool MayHaveChanged() => !_conclusive || FileStamp.Of(path) != _stamp;

    /// <param name="stamp">Of the state that was read, taken before reading; <c>null</c>: there was no file.</param>
    public void Note(FileStamp? stamp)
    {
        var now = time.GetTimestamp();
        if (stamp != _stamp)
        {
            (_stamp, _since, _conclusive) = (stamp, now, stamp is null);
            return;
        }

        _conclusive = stamp is null || time.GetElapsedTime(_since, now) >= CoarsestClock;
    }

    /// <summary>Whatever the file is like, it is to be read again.</summary>
    public void Forget() => (_stamp, _conclusive) = (null, false);
}
