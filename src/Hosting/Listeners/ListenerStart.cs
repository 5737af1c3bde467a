using Eventicat.Hosting.Configuration;
using Microsoft.Extensions.Hosting;

namespace Eventicat.Hosting.Listeners;

/// <summary>Tries all addresses before the server opens the first: the server would report one failure, and not name its setting.</summary>
internal sealed class ListenerStart(ConfiguredListeners listeners) : IHostedLifecycleService
{
    /// <exception cref="InvalidConfigurationException">An address cannot be listened on.</exception>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        var errors = listeners.FindUnusableAddresses();
        return errors.Count == 0 ? Task.CompletedTask : throw new InvalidConfigurationException(string.Join(Environment.NewLine, errors));
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
