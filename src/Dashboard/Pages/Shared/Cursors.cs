namespace Eventicat.Dashboard.Pages.Shared;

/// <summary>Where a page of a list has pages before and after it.</summary>
public interface ICursors
{
    bool HasPrevious { get; }

    bool HasNext { get; }

    void Previous();

    void Next();
}

/// <summary>Goes through the pages of a list that can only be read forward: it remembers the cursors of earlier pages.</summary>
internal sealed class Cursors<T> : ICursors
{
    private readonly Stack<T?> _previous = new();
    private T? _next;

    /// <value>The cursor of the page that is shown.</value>
    public T? Current { get; private set; }

    public bool HasPrevious => _previous.Count > 0;

    public bool HasNext => _next is not null;

    /// <summary>Takes the cursor of the next page, which is known when the current page has been read.</summary>
    public void Loaded(T? next) => _next = next;

    public void Next()
    {
        _previous.Push(Current);
        Current = _next;
    }

    public void Previous() => Current = _previous.Pop();

    /// <summary>Goes to the first page, of another list for instance.</summary>
    public void Restart()
    {
        _previous.Clear();
        Current = default;
    }
}
