using System.Net.Sockets;
using Eventicat.Dashboard;
using Eventicat.Hosting.Configuration;

try
{
    await using var app = DashboardApplication.Create(args);
    await app.RunAsync();
    return 0;
}
catch (OperationCanceledException)
{
    // Told to stop before it had started.
    return 0;
}
catch (Exception exception) when (exception is InvalidConfigurationException or IOException or SocketException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
