using Eventicat.Accounts;

namespace Eventicat.Gateway.RateLimiting;

/// <summary>
/// Connects to Redis and runs the script before the first request is taken. Otherwise the first decisions would miss
/// their deadline for the connection alone, and every new gateway would grant its local share on top of the shared limit.
/// </summary>
internal sealed class SharedLimitWarmUp(RedisSlidingWindowScript script, TimeProvider time) : IHostedLifecycleService
{
    /// <summary>A gateway must also start while Redis is away.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>As many as it takes for the call to run compiled and on an open connection.</summary>
    private const int Calls = 20;

    private static readonly AccountId Probe = AccountId.Parse("warm-up");
    private static readonly AccountLimit AnyLimit = new(1, TimeSpan.FromSeconds(1));

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var startedAt = time.GetTimestamp();
        for (var answered = 0; answered < Calls && time.GetElapsedTime(startedAt) < Patience;)
        {
            try
            {
                // Asks for nothing, and so writes nothing.
                await script.RunAsync(Probe, AnyLimit, requested: 0, isPartial: false, epoch: null);
                answered++;
            }
            catch (Exception exception) when (SharedLimitCalls.IsRedisFailure(exception))
            {
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
