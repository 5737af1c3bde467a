namespace Eventicat.Hosting.Files;

/// <summary>What is new of a look at a file, to be told once.</summary>
public enum LookNews
{
    None,

    /// <summary>The file has not answered for <see cref="FileLook.Patience"/>.</summary>
    Hangs,

    /// <summary>A look that was told to hang has come to its end.</summary>
    Returned,
}

/// <summary>
/// Looks at a file again and again, one look at a time. A file system whose server is gone lets nobody return who opens
/// or reads, so a timer asks for looks, whose next ticks come on other threads and notice.
/// </summary>
public sealed class FileLook(TimeProvider time)
{
    private readonly Lock _gate = new();
    private bool _isLooking;
    private long? _waitingSince;
    private bool _isTold;

    /// <value>Longer than a large file from a slow disk takes, and short for somebody who waits for a key to be revoked.</value>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(5);

    /// <value>Whether what is known of the file is old for that reason.</value>
    public bool IsHanging
    {
        get
        {
            lock (_gate)
            {
                return IsOverdue;
            }
        }
    }

    private bool IsOverdue => _waitingSince is { } since && time.GetElapsedTime(since) >= Patience;

    /// <summary>Looks, unless somebody is looking.</summary>
    /// <param name="look">May take as long as it likes once it has said that the file <see cref="Answered"/>.</param>
    public LookNews Tick(Action look)
    {
        ArgumentNullException.ThrowIfNull(look);
        lock (_gate)
        {
            if (_isLooking)
            {
                var isNews = IsOverdue && !_isTold;
                _isTold |= isNews;
                return isNews ? LookNews.Hangs : LookNews.None;
            }

            (_isLooking, _waitingSince) = (true, time.GetTimestamp());
        }

        try
        {
            look();
        }
        finally
        {
            lock (_gate)
            {
                (_isLooking, _waitingSince) = (false, null);
            }
        }

        lock (_gate)
        {
            var news = _isTold ? LookNews.Returned : LookNews.None;
            _isTold = false;
            return news;
        }
    }

    /// <summary>All that was wanted of the file is there; what follows is work of our own.</summary>
    public void Answered()
    {
        lock (_gate)
        {
            _waitingSince = null;
        }
    }
}
