using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

/// <summary>
/// What <c>DOTNET_STARTUP_HOOKS</c> runs in a program before its own code: every host that is built there gets a service
/// that fails. The runtime looks for this very name.
/// </summary>
#pragma warning disable MA0047 // It has to be outside of any namespace.
internal static class StartupHook
#pragma warning restore MA0047
{
    /// <summary>The variable that says when it fails: <c>starting</c> or <c>started</c>.</summary>
    public const string When = "EVENTICAT_TEST_FAILS";

    public static void Initialize() => DiagnosticListener.AllListeners.Subscribe(new Listeners());

    private sealed class Listeners : IObserver<DiagnosticListener>
    {
        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == "Microsoft.Extensions.Hosting")
            {
                value.Subscribe(new Hosts());
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }

    private sealed class Hosts : IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value is { Key: "HostBuilding", Value: IHostBuilder host })
            {
                host.ConfigureServices(static services =>
                {
                    services.Insert(0, ServiceDescriptor.Singleton<IHostedService, FailingService>());
                    services.Insert(1, ServiceDescriptor.Singleton<IHostedService, SlowService>());
                });
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }

    private static bool FailsAtOnce => Environment.GetEnvironmentVariable(When) == "starting";

    private static async Task WaitAsync(CancellationToken moment) =>
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, moment).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private sealed class FailingService(IHostApplicationLifetime lifetime) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            if (!FailsAtOnce)
            {
                await WaitAsync(lifetime.ApplicationStarted);
            }

            throw new NotSupportedException("It fails, as it was told to.");
        }
    }

    /// <summary>Starts only when the host has taken notice of the failure, so that it is starting still.</summary>
    private sealed class SlowService(IHostApplicationLifetime lifetime) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => FailsAtOnce ? WaitAsync(lifetime.ApplicationStopping) : Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
