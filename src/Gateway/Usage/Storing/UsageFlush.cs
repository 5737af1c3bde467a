using Eventicat.Gateway.Usage.Counting;
using Microsoft.Extensions.Options;

namespace Eventicat.Gateway.Usage.Storing;

/// <summary>
/// Brings counts from the counters to the store once a second, and a last time when the process stops: the server,
/// which is started last, has then ended its requests.
/// </summary>
internal sealed partial class UsageFlush(
    UsageCounters counters, IUsageStore store, IOptions<UsageOptions> options, TimeProvider time, ILogger<UsageFlush> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly PeriodicTimer _timer = new(Interval, time);
    private readonly UsageBacklog _backlog = new(options.Value.MaxAccounts);
    private bool _isFailing;
    private bool _isFull;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await FlushAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _timer.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await _timer.WaitForNextTickAsync(stoppingToken))
            {
                // Not ended by the stop: it is over soon, and what it was about to store would be lost.
                await FlushAsync(CancellationToken.None);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping; the last flush follows.
        }
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        var dropped = _backlog.Add(counters.Take());
        try
        {
            var result = await store.AddAsync(_backlog.TakeAll(), cancellationToken);
            dropped += _backlog.Add(result.Rest);
            Report(isFailing: result.Rest.Count + result.Lost > 0, dropped > 0);
        }
        catch (Exception exception)
        {
            // Counting is not worth the gateway: the next flush goes on with what is counted then.
            Log.Failed(logger, exception);
        }
    }

    /// <summary>Once per change, not once per second.</summary>
    private void Report(bool isFailing, bool isFull)
    {
        if (isFailing != _isFailing)
        {
            (isFailing ? (Action<ILogger>)Log.Waiting : Log.StoredAgain)(logger);
        }

        if (isFull && !_isFull)
        {
            Log.Full(logger, options.Value.MaxAccounts);
        }

        (_isFailing, _isFull) = (isFailing, isFull);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, EventName = "UsageWaiting",
            Message = "Redis does not take usage counts; those that it has not seen are kept until it does")]
        public static partial void Waiting(ILogger logger);

        [LoggerMessage(Level = LogLevel.Information, EventName = "UsageStored", Message = "Redis takes usage counts again")]
        public static partial void StoredAgain(ILogger logger);

        [LoggerMessage(Level = LogLevel.Warning, EventName = "UsageLost",
            Message = "More than Usage:MaxAccounts ({Max}) accounts and minutes wait to be stored: further counts are lost")]
        public static partial void Full(ILogger logger, int max);

        [LoggerMessage(Level = LogLevel.Error, EventName = "UsageFailed", Message = "Usage counts were not stored")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
