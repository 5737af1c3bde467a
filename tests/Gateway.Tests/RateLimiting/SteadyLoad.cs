using Eventicat.TestSupport;

namespace Eventicat.Gateway.Tests.RateLimiting;

/// <summary>Eight clients that ask again and again, and are answered with 200 each time.</summary>
internal sealed class SteadyLoad : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly Task[] _clients;
    private int _answered;

    public SteadyLoad(Func<int, Task<int>> send) => _clients = [.. Enumerable.Range(0, 8).Select(client => Task.Run(async () =>
    {
        // None asks at once when it has its answer: after a connection was closed, some have lost a call, and some ask their next.
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(3));
        for (var i = client; !_stop.IsCancellationRequested && await pause.WaitForNextTickAsync(TestContext.Current.CancellationToken); i++)
        {
            Assert.Equal(200, await send(i));
            Interlocked.Increment(ref _answered);
        }
    }))];

    public async Task AnswerMoreAsync(int count)
    {
        var before = Volatile.Read(ref _answered);
        await Eventually.TrueAsync(() => Volatile.Read(ref _answered) > before + count || _clients.Any(static client => client.IsFaulted));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_clients);
        _stop.Dispose();
    }
}
