namespace Eventicat.Control.AccountStorage.File;

/// <summary>
/// Keeps other writers out, in this process and others, while a document is read, changed and replaced. A file of its
/// own, because the document's file is another one after each change; it stays, because removing it would let two in.
/// </summary>
internal static class FileLock
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(10);

    public static async Task<IDisposable> AcquireAsync(string target, TimeProvider time, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream($"{target}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException exception) when (exception.GetType() == typeof(IOException))
            {
                // The plain type is "in use"; a missing folder and the like have types of their own.
                if (time.GetElapsedTime(started) >= Deadline)
                {
                    throw;
                }
            }

            await Task.Delay(Retry, time, cancellationToken);
        }
    }
}
