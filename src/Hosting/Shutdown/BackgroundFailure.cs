using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Eventicat.Hosting.Shutdown;

/// <summary>
/// A service that fails in the background ends its program, and the host stops as if it had been told to. Whoever watches
/// over the program learns from its exit code that it is to be started again.
/// </summary>
public static class BackgroundFailure
{
    /// <summary>Runs the program until it is told to stop, or fails.</summary>
    /// <returns>Its exit code.</returns>
    public static async Task<int> RunToExitCodeAsync(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        try
        {
            await app.StartAsync();
            await app.WaitForShutdownAsync();
        }
        catch (OperationCanceledException)
        {
            // To stop before it had started.
        }

        return app.HasFailed() ? 1 : 0;
    }

    /// <summary>Whether one of its services has failed.</summary>
    public static bool HasFailed(this IHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return host.Services.GetServices<IHostedService>().OfType<BackgroundService>().Any(static service => service.ExecuteTask is { IsFaulted: true });
    }
}
