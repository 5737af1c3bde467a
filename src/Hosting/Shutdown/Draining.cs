using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Eventicat.Hosting.Logging;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Eventicat.Hosting.Shutdown;

/// <summary>
/// The time between the signal to stop and the stop: readiness fails, everything else works on, and clients are told to
/// go elsewhere for their next request. A second signal ends the process at once, unless it came with the first.
/// </summary>
internal sealed partial class Draining(
    IOptions<ShutdownOptions> options,
    IHostApplicationLifetime lifetime,
    LogWriter log,
    TimeProvider time,
    ILogger<Draining> logger) : IHostedLifecycleService, IDisposable
{
    /// <summary>Programs that start others hand on a signal that their group has got already; no person is that quick.</summary>
    private static readonly TimeSpan SameSignal = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<IConnectionLifetimeNotificationFeature, bool> _multiplexed = [];
    private readonly List<PosixSignalRegistration> _signals = [];
    private volatile bool _isDraining;
    private long _signalled;

    public bool IsDraining => _isDraining;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        // A host that is stopped by its program and not by a signal says so only after this.
        lifetime.StopApplication();
        var delay = options.Value.DrainDelay;
        if (delay == TimeSpan.Zero)
        {
            return;
        }

        Log.Draining(logger, delay);
        _isDraining = true;
        foreach (var connection in _multiplexed.Keys)
        {
            connection.RequestClose();
        }

        await Task.Delay(delay, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>
    /// Remembers a connection that takes several requests at a time: it can be told in between that the next ones are to
    /// go elsewhere, without any of them getting lost.
    /// </summary>
    public void Track(IConnectionLifetimeNotificationFeature connection, CancellationToken closed)
    {
        if (!_multiplexed.ContainsKey(connection) && _multiplexed.TryAdd(connection, true))
        {
            closed.UnsafeRegister(_ => _multiplexed.TryRemove(connection, out var _), null);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>From here on, since a second signal may come before the host has begun to stop for the first.</summary>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, CountSignal));
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, CountSignal));
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGQUIT, CountSignal));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _signals.ForEach(signal => signal.Dispose());

    private void CountSignal(PosixSignalContext signal)
    {
        var now = time.GetTimestamp();
        var first = Interlocked.CompareExchange(ref _signalled, now, 0);
        if (first == 0 || time.GetElapsedTime(first, now) < SameSignal)
        {
            // The host stops for it.
            return;
        }

        Log.EndsNow(logger);
        log.Dispose();
        // What a shell shows for a process that a signal has ended.
        Environment.Exit(signal.Signal switch
        {
            PosixSignal.SIGINT => 130,
            PosixSignal.SIGQUIT => 131,
            _ => 143,
        });
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, EventName = "Draining",
            Message = "Told to stop: readiness fails, requests are served on for {Delay}")]
        public static partial void Draining(ILogger logger, TimeSpan delay);

        [LoggerMessage(Level = LogLevel.Warning, EventName = "EndsNow",
            Message = "Told to stop a second time: ending at once, whatever is under way")]
        public static partial void EndsNow(ILogger logger);
    }
}
