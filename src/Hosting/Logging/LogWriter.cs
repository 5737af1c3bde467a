namespace Eventicat.Hosting.Logging;

/// <summary>Takes a batch of whole lines to where the log goes. May wait for its reader.</summary>
/// <returns>Whether the batch got there.</returns>
public delegate bool LogOutput(ReadOnlySpan<byte> batch);

/// <summary>How the log is doing.</summary>
public enum LogFlow
{
    Flowing,

    /// <summary>Its reader does not keep up: lines are missing.</summary>
    Dropping,

    /// <summary>It cannot be written: the reader is gone, the disk is full.</summary>
    Failing,
}

/// <summary>
/// The only way into the log. Lines of UTF-8 wait in a bounded buffer for one thread, which writes all of them at once.
/// Nobody ever waits for that thread: a line for which there is no room is dropped and counted, and once the log flows
/// again it says how many are missing at that place.
/// </summary>
public sealed class LogWriter : IDisposable
{
    private const int DefaultCapacity = 4 * 1024 * 1024;

    /// <summary>A batch that is worth writing at once.</summary>
    private const int FullBatch = 64 * 1024;

    private const int Never = int.MaxValue;

    /// <summary>How long lines wait for others to be written with. Nobody reads a log faster.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(10);

    /// <summary>What the end of a process may take longer for the sake of its last lines.</summary>
    private static readonly TimeSpan LastLines = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly LogOutput _output;
    private readonly Func<long, ReadOnlyMemory<byte>> _describeLoss;
    private readonly Thread _thread;
    private LogBuffer _waiting;
    private LogBuffer _writing;
    private int _wakeAt = Never;
    private long _lost;
    private bool _closed;
    private volatile bool _isFailing;
    private volatile bool _isDropping;

    /// <param name="output">Called by one thread only.</param>
    /// <param name="describeLoss">The line that says how many are missing.</param>
    /// <param name="capacity">How many bytes may wait; as many again may be on their way to the output.</param>
    public LogWriter(LogOutput output, Func<long, ReadOnlyMemory<byte>> describeLoss, int capacity = DefaultCapacity)
    {
        _output = output;
        _describeLoss = describeLoss;
        _waiting = new LogBuffer(capacity);
        _writing = new LogBuffer(capacity);
        _thread = new Thread(Run) { IsBackground = true, Name = "log" };
        _thread.Start();
    }

    public LogFlow Flow => _isFailing ? LogFlow.Failing : _isDropping ? LogFlow.Dropping : LogFlow.Flowing;

    /// <summary>Never waits.</summary>
    /// <param name="line">A whole line, its end included, without secrets.</param>
    /// <returns>Whether there was room for it.</returns>
    public bool TryWrite(ReadOnlySpan<byte> line)
    {
        lock (_gate)
        {
            if (_closed || !_waiting.TryAdd(line))
            {
                _lost++;
                _isDropping = true;
                return false;
            }

            if (_waiting.Length < _wakeAt)
            {
                return true;
            }

            _wakeAt = Never;
        }

        _wake.Set();
        return true;
    }

    /// <summary>Writes what waits. Where nobody takes it, it is given up after a short while.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            _closed = true;
        }

        _wake.Set();
        if (_thread.Join(LastLines))
        {
            _wake.Dispose();
        }
    }

    private void Run()
    {
        while (WaitForLines())
        {
            WriteBatch();
        }

        WriteBatch();
    }

    /// <returns>Whether there can be more after these.</returns>
    private bool WaitForLines()
    {
        if (WakeAt(1))
        {
            _wake.WaitOne();
        }

        if (WakeAt(FullBatch))
        {
            _wake.WaitOne(Gathering);
        }

        lock (_gate)
        {
            _wakeAt = Never;
            return !_closed;
        }
    }

    /// <returns>Whether that much is still to come.</returns>
    private bool WakeAt(int length)
    {
        lock (_gate)
        {
            var isToCome = !_closed && _waiting.Length < length;
            _wakeAt = isToCome ? length : Never;
            return isToCome;
        }
    }

    private void WriteBatch()
    {
        long lost;
        lock (_gate)
        {
            (_waiting, _writing) = (_writing, _waiting);
            (lost, _lost) = (_lost, 0);
        }

        if (_writing.Length == 0 && lost == 0)
        {
            return;
        }

        // What was lost so far would have stood behind the lines of this batch.
        var isWritten = _writing.Length == 0 || TryOutput(_writing.Bytes);
        var isTold = isWritten && (lost == 0 || TryOutput(_describeLoss(lost).Span));
        lock (_gate)
        {
            _lost += (isWritten ? 0 : _writing.Lines) + (isTold ? 0 : lost);
            _isDropping = _lost > 0;
        }

        _isFailing = !isTold;
        _writing.Clear();
    }

    private bool TryOutput(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return _output(bytes);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            return false;
        }
    }
}
