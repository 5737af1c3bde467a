namespace Eventicat.EventSink.Journal;

/// <summary>Whether the last commit succeeded.</summary>
internal sealed class JournalStatus
{
    private volatile bool _available;

    public bool Available => _available;

    /// <returns>True if this changed it.</returns>
    public bool Set(bool available)
    {
        var changed = _available != available;
        _available = available;
        return changed;
    }
}
