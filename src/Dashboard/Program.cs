using System.Net.Sockets;
using Eventicat.Dashboard;
using Eventicat.Hosting.Configuration;
using Eventicat.Hosting.Shutdown;

try
{
    await using var app = DashboardApplication.Create(args);
    return await app.RunToExitCodeAsync();
}
catch (Exception exception) when (exception is InvalidConfigurationException or IOException or SocketException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
