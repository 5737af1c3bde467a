using System.Net.Sockets;
using Eventicat.Hosting.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Eventicat.Hosting;

/// <summary>A service as a program, from its first line to its exit code.</summary>
public static class ServiceProgram
{
    private const int Failed = 1;

    /// <summary>Runs the service until it is told to stop, or fails. Why it cannot start is told on the error output, in words.</summary>
    /// <returns>The exit code. Whoever watches over the program learns from it whether to start it again.</returns>
    public static async Task<int> RunAsync(Func<WebApplication> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        try
        {
            await using var app = create();
            await RunAsync(app);
            return app.HasFailed() ? Failed : 0;
        }
        catch (Exception exception) when (IsForOperators(exception))
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return Failed;
        }
    }

    /// <summary>
    /// Whether one of its services has failed in the background, for which the host stops as if it had been told to.
    /// </summary>
    public static bool HasFailed(this IHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return host.Services.GetServices<IHostedService>().OfType<BackgroundService>().Any(static service => service.ExecuteTask is { IsFaulted: true });
    }

    private static async Task RunAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync();
            await app.WaitForShutdownAsync();
        }
        catch (OperationCanceledException)
        {
            // To stop before it had started.
        }
    }

    /// <summary>Whether the message says what to do. Anything else is a defect and keeps its stack.</summary>
    private static bool IsForOperators(Exception exception) =>
        exception is InvalidConfigurationException or IOException or UnauthorizedAccessException or SocketException;
}
