using Eventicat.Control.Users;

namespace Eventicat.Dashboard.SignIn;

/// <summary>Allows one attempt per name at a time. Names share a fixed number of places, so that made-up names need no memory.</summary>
internal sealed class PasswordTurns : IDisposable
{
    private readonly SemaphoreSlim[] _places = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    public async Task<IDisposable> TakeAsync(UserName name, CancellationToken cancellationToken)
    {
        var place = _places[(uint)StringComparer.Ordinal.GetHashCode(name.ToString()) % (uint)_places.Length];
        await place.WaitAsync(cancellationToken);
        return new Turn(place);
    }

    public void Dispose()
    {
        foreach (var place in _places)
        {
            place.Dispose();
        }
    }

    private sealed class Turn(SemaphoreSlim place) : IDisposable
    {
        public void Dispose() => place.Release();
    }
}
