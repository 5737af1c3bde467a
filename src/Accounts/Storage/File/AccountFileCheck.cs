using Eventicat.Hosting.Configuration;
using Microsoft.Extensions.Hosting;

namespace Eventicat.Accounts.Storage.File;

/// <summary>A service whose accounts file is there and cannot be used does not start: it would refuse every key.</summary>
internal sealed class AccountFileCheck(FileAccountReader accounts) : IHostedLifecycleService
{
    /// <exception cref="InvalidConfigurationException">What is wrong with the file.</exception>
    public Task StartingAsync(CancellationToken cancellationToken) => accounts.Health is { State: StoreState.Unreached, Reason: var reason }
        ? throw new InvalidConfigurationException($"{reason}.")
        : Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
