using Microsoft.Extensions.Hosting;

namespace Eventicat.Hosting.Files;

/// <summary>
/// Asks for looks at files from a timer. Its ticks come on whatever thread is free: a loop would end with the first
/// look that does not return, and nobody would be left to tell.
/// </summary>
internal abstract class FileTicks(TimeSpan interval, TimeProvider time) : IHostedService, IDisposable
{
    private ITimer? _timer;

    public virtual Task StartAsync(CancellationToken cancellationToken)
    {
        _timer = time.CreateTimer(static self => ((FileTicks)self!).Tick(), this, interval, interval);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _timer?.Dispose();

    /// <summary>May be called while an earlier call is still held up. Nothing that it throws is caught.</summary>
    protected abstract void Tick();
}
