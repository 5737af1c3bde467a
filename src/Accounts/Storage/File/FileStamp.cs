namespace Eventicat.Accounts.Storage.File;

/// <summary>What a file shows without being read.</summary>
internal readonly record struct FileStamp(DateTime LastWrite, long Length)
{
    /// <summary>FAT counts in two seconds, and nothing in use counts in longer steps.</summary>
    private static readonly TimeSpan CoarsestClock = TimeSpan.FromSeconds(2);

    /// <summary>Whether a later change must show in the stamp. One within the same tick of the file system's clock would not.</summary>
    public bool IsConclusiveAt(DateTimeOffset now) => (now.UtcDateTime - LastWrite).Duration() >= CoarsestClock;
}
