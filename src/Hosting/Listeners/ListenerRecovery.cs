using Eventicat.Hosting.Configuration;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Eventicat.Hosting.Listeners;

/// <summary>
/// Opens what could not be opened, as soon as that is possible: an address that somebody had when it was configured, or
/// took while an endpoint was being opened anew.
/// </summary>
internal sealed partial class ListenerRecovery(
    ConfiguredListeners listeners,
    [FromKeyedServices(ConfiguredListeners.KestrelSection)] SettingsReload reload,
    IServer server,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<ListenerRecovery> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Kestrel waits five seconds for the connections of what it closes before it opens anything.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(8);

    private readonly HashSet<string> _told = new(StringComparer.OrdinalIgnoreCase);
    private bool _isWithdrawn;
    private long? _closedSince;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (lifetime.ApplicationStarted.IsCancellationRequested && !lifetime.ApplicationStopping.IsCancellationRequested)
                {
                    Look();
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping, or the start has failed.
        }
    }

    private void Look()
    {
        if (_isWithdrawn)
        {
            _isWithdrawn = false;
            _closedSince = time.GetTimestamp();
            listeners.Restore();
            return;
        }

        reload.LookAgain();
        var closed = listeners.FindClosed(server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses);
        foreach (var name in _told.Except(closed.Select(endpoint => endpoint.Key), StringComparer.OrdinalIgnoreCase).ToList())
        {
            _told.Remove(name);
            Log.Opened(logger, name);
        }

        if (closed.Count == 0)
        {
            _closedSince = null;
            return;
        }

        _closedSince ??= time.GetTimestamp();
        if (time.GetElapsedTime(_closedSince.Value) >= Grace)
        {
            Open(closed);
        }
    }

    private void Open(IReadOnlyList<IConfigurationSection> closed)
    {
        foreach (var endpoint in closed.Where(endpoint => _told.Add(endpoint.Key)))
        {
            Log.Closed(logger, endpoint.Key, endpoint["Url"]);
        }

        List<IConfigurationSection> possible = [.. closed.Where(endpoint => AddressTrial.FindErrors([endpoint], new HashSet<int>(), listens: false).Count == 0)];
        _isWithdrawn = possible.Count > 0;
        if (_isWithdrawn)
        {
            listeners.Withdraw(possible);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, EventName = "ListenerClosed",
            Message = "The endpoint {Name} is not open: {Url} was taken while it was closed to be opened anew. It is opened when it is free")]
        public static partial void Closed(ILogger logger, string name, string? url);

        [LoggerMessage(Level = LogLevel.Warning, EventName = "ListenerOpened", Message = "The endpoint {Name} is open again")]
        public static partial void Opened(ILogger logger, string name);
    }
}
