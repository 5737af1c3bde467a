namespace Eventicat.Gateway.Start;

/// <summary>
/// Calls a dependency until the call runs compiled and on an open connection, so that the first requests need not wait
/// for either within their deadlines. Gives up after a while: a gateway must also start while the dependency is away.
/// </summary>
internal abstract class WarmUp(TimeProvider time) : BeforeListening
{
    private const int Calls = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public sealed override async Task StartingAsync(CancellationToken cancellationToken)
    {
        var startedAt = time.GetTimestamp();
        for (var answered = 0; answered < Calls && time.GetElapsedTime(startedAt) < Patience;)
        {
            if (await TryCallAsync(cancellationToken))
            {
                answered++;
            }
            else
            {
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    /// <returns>Whether the dependency answered.</returns>
    protected abstract Task<bool> TryCallAsync(CancellationToken cancellationToken);
}
