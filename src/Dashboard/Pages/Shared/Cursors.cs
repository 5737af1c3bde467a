namespace Eventicat.Dashboard.Pages.Shared;

/// <summary>The way through pages whose order only goes forward: it remembers the cursors of those behind.</summary>
internal sealed class Cursors<T>
{
    private readonly Stack<T?> _behind = new();

    public T? Here { get; private set; }

    public T? Ahead { get; private set; }

    public bool HasPrevious => _behind.Count > 0;

    public bool HasNext => Ahead is not null;

    public void Arrived(T? ahead) => Ahead = ahead;

    public void Next()
    {
        _behind.Push(Here);
        Here = Ahead;
    }

    public void Previous() => Here = _behind.Pop();

    public void Restart()
    {
        _behind.Clear();
        Here = default;
    }
}
