using Eventicat.Control.Auditing;

namespace Eventicat.Control.Tests.TestSupport;

/// <summary>The start of every suite that runs over each kind of store.</summary>
public abstract class ControlContract(ControlPlace place) : IAsyncDisposable
{
    protected static readonly Actor Ada = Actor.Operator("ada");

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected ControlPlace Place { get; } = place;

    public async ValueTask DisposeAsync()
    {
        await Place.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
